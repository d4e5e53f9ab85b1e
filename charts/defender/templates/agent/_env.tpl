{{/* Variables of an election agent: who it is and who the others are. */}}
{{- define "defender.agentEnv" -}}
- name: DEFENDER_HTTP_PORT
  value: "8081"
{{- end -}}
