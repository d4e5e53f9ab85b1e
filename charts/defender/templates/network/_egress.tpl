{{/* Rules that lead to NATS, Cassandra, the receiver of traces and the identity provider, in the release or outside. */}}
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

{{- define "defender.tracingEgress" -}}
{{- if .Values.tracing.enabled -}}
- to:
    {{- range .Values.networkPolicy.tracingNamespaces }}
    - namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: {{ . }}}}
    {{- end }}
    {{- range .Values.networkPolicy.tracingCidrs }}
    - ipBlock: {cidr: {{ . }}}
    {{- end }}
  ports: [{port: {{ include "defender.portOf" .Values.tracing.endpoint }}}]
{{- end -}}
{{- end -}}

{{- define "defender.identityEgress" -}}
{{- if .Values.api.jwt.discover -}}
- to:
    {{- range .Values.networkPolicy.identityCidrs }}
    - ipBlock: {cidr: {{ . }}}
    {{- end }}
  ports: [{port: {{ include "defender.portOf" .Values.api.jwt.issuer }}}]
{{- end -}}
{{- end -}}

{{- define "defender.portOf" -}}
{{- $url := urlParse . -}}
{{- if contains ":" $url.host }}{{ $url.host | splitList ":" | last }}{{ else }}{{ ternary 443 80 (eq $url.scheme "https") }}{{ end -}}
{{- end -}}
