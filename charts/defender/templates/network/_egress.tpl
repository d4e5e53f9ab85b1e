{{/* Rules that lead to NATS and Cassandra, in the release or outside. */}}
{{- define "defender.natsEgress" -}}
{{- if eq .Values.nats.mode "internal" -}}
- to:
    - podSelector:
        matchLabels:
          {{- include "defender.componentLabels" (list . "nats") | nindent 10 }}
  ports: [{port: 4222}]
{{- else -}}
{{- $ports := list -}}
{{- range .Values.nats.external.servers }}{{ $ports = append $ports (splitList ":" . | last | int) }}{{ end -}}
- to:
    {{- range .Values.networkPolicy.natsCidrs }}
    - ipBlock: {cidr: {{ . }}}
    {{- end }}
  ports:
    {{- range $ports | uniq }}
    - {port: {{ . }}}
    {{- end }}
{{- end -}}
{{- end -}}

{{- define "defender.cassandraEgress" -}}
{{- if eq .Values.cassandra.mode "trial" -}}
- to:
    - podSelector:
        matchLabels:
          {{- include "defender.componentLabels" (list . "cassandra") | nindent 10 }}
  ports: [{port: 9042}]
{{- else -}}
- to:
    {{- range .Values.networkPolicy.cassandraCidrs }}
    - ipBlock: {cidr: {{ . }}}
    {{- end }}
  ports: [{port: {{ .Values.cassandra.port }}}]
{{- end -}}
{{- end -}}
