{{/* Variables of an election agent: who it is and who the others are. */}}
{{- define "defender.agentEnv" -}}
- name: DEFENDER_HTTP_PORT
  value: "8081"
- name: DEFENDER_ELECTION_AGENT_STORAGE
  value: /var/lib/defender/election-agent
- name: DEFENDER_ELECTION_AGENT_PEERS
  value: {{ include "defender.agentPeers" . | quote }}
{{- with .Values.electionAgent.founders }}
- name: DEFENDER_ELECTION_AGENT_FOUNDERS
  value: {{ include "defender.agentNames" (list $ .) | quote }}
{{- end }}
- name: DEFENDER_ELECTION_AGENT_KUBERNETES
  value: {{ .Values.electionAgent.podQuery | quote }}
{{- if .Values.electionAgent.tls.secretName }}
- name: DEFENDER_ELECTION_AGENT_CERTIFICATE
  value: /etc/defender/agent-tls/tls.crt
- name: DEFENDER_ELECTION_AGENT_PRIVATE_KEY
  value: /etc/defender/agent-tls/tls.key
{{- end }}
{{- if .Values.electionAgent.tls.peerSecretName }}
- name: DEFENDER_ELECTION_AGENT_PEER_TLS_ENABLED
  value: "true"
- name: DEFENDER_ELECTION_AGENT_PEER_TLS_TRUSTED_CERTIFICATES
  value: /etc/defender/agent-peer-tls/ca.crt
- name: DEFENDER_ELECTION_AGENT_PEER_TLS_CERTIFICATE
  value: /etc/defender/agent-peer-tls/tls.crt
- name: DEFENDER_ELECTION_AGENT_PEER_TLS_PRIVATE_KEY
  value: /etc/defender/agent-peer-tls/tls.key
{{- end }}
{{- end -}}

{{/* Names of the first replicas: (list $ number). */}}
{{- define "defender.agentNames" -}}
{{- $name := include "defender.agentName" (index . 0) -}}
{{- $names := list -}}
{{- range $i := until (int (index . 1)) -}}
{{- $names = append $names (printf "%s-%d" $name $i) -}}
{{- end -}}
{{- join "," $names -}}
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
