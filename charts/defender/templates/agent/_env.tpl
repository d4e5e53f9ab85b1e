{{/* Variables of an election agent: who it is and who the others are. */}}
{{- define "defender.agentEnv" -}}
- name: DEFENDER_HTTP_PORT
  value: "8081"
- name: DEFENDER_ELECTION_AGENT_STORAGE
  value: /var/lib/defender/election-agent
- name: DEFENDER_ELECTION_AGENT_PEERS
  value: {{ include "defender.agentPeers" . | quote }}
- name: DEFENDER_ELECTION_AGENT_KUBERNETES
  value: {{ .Values.electionAgent.podQuery | quote }}
{{- if .Values.electionAgent.tls.secretName }}
- name: DEFENDER_ELECTION_AGENT_CERTIFICATE
  value: /etc/defender/agent-tls/tls.crt
- name: DEFENDER_ELECTION_AGENT_PRIVATE_KEY
  value: /etc/defender/agent-tls/tls.key
{{- end }}
{{- end -}}

{{/* All replicas as name=host:port; a replica knows its own by the name of its pod. */}}
{{- define "defender.agentPeers" -}}
{{- $name := include "defender.agentName" . -}}
{{- $peers := list -}}
{{- range $i := until (int .Values.electionAgent.replicas) -}}
{{- $peers = append $peers (printf "%s-%d=%s-%d.%s-headless.%s.svc:9091" $name $i $name $i $name $.Release.Namespace) -}}
{{- end -}}
{{- join "," $peers -}}
{{- end -}}
