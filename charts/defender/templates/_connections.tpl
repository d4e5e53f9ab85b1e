{{/* How a process of Defender reaches its servers: variables, volumes and mounts. */}}

{{- define "defender.natsServers" -}}
{{- if eq .Values.nats.mode "internal" -}}
{{- $scheme := ternary "tls" "nats" .Values.nats.tls.enabled -}}
{{- $name := include "defender.natsName" . -}}
{{- $servers := list -}}
{{- range $i := until (int .Values.nats.replicas) -}}
{{- $servers = append $servers (printf "%s://%s-%d.%s-headless.%s.svc:4222" $scheme $name $i $name $.Release.Namespace) -}}
{{- end -}}
{{- join "," $servers -}}
{{- else -}}
{{- required "nats.external.servers: expected at least one address with nats.mode external" (join "," .Values.nats.external.servers) -}}
{{- end -}}
{{- end -}}

{{/* A scope becomes part of the first token: a stream stores all that begins with it, and no two streams may store the same. */}}
{{- define "defender.natsSubject" -}}
{{- $subject := .Values.nats.subject -}}
{{- if .Values.scope -}}
{{- $first := first (splitList "." $subject) -}}
{{- $subject = printf "%s-%s%s" $first .Values.scope (trimPrefix $first $subject) -}}
{{- end -}}
{{- $subject -}}
{{- end -}}

{{- define "defender.cassandraHosts" -}}
{{- if eq .Values.cassandra.mode "trial" -}}
{{ include "defender.cassandraName" . }}.{{ .Release.Namespace }}.svc
{{- else -}}
{{- required "cassandra.hosts: expected at least one host with cassandra.mode external" (join "," .Values.cassandra.hosts) -}}
{{- end -}}
{{- end -}}

{{- define "defender.agentAddresses" -}}
{{- if .Values.electionAgent.enabled -}}
{{- $name := include "defender.agentName" . -}}
{{- $agents := list -}}
{{- range $i := until (int .Values.electionAgent.replicas) -}}
{{- $agents = append $agents (printf "%s-%d.%s-headless.%s.svc:9090" $name $i $name $.Release.Namespace) -}}
{{- end -}}
{{- join "," $agents -}}
{{- else -}}
{{- required "electionAgent.externalAddress: expected host:port with electionAgent.enabled false" .Values.electionAgent.externalAddress -}}
{{- end -}}
{{- end -}}

{{- define "defender.podEnv" -}}
- {name: POD_NAME, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
- {name: POD_UID, valueFrom: {fieldRef: {fieldPath: metadata.uid}}}
- {name: POD_NAMESPACE, valueFrom: {fieldRef: {fieldPath: metadata.namespace}}}
{{- end -}}

{{- define "defender.natsEnv" -}}
- name: NATS_SERVERS
  value: {{ include "defender.natsServers" . | quote }}
- name: NATS_STREAM_NAME
  value: {{ .Values.nats.stream }}{{ with .Values.scope }}-{{ . }}{{ end }}
- name: DEFENDER_NATS_SUBJECT
  value: {{ include "defender.natsSubject" . }}
- name: DEFENDER_NATS_DEAD_LETTER_STREAM
  value: {{ .Values.nats.deadLetterStream }}
- name: DEFENDER_NATS_REPLICAS
  value: {{ .Values.nats.streamReplicas | quote }}
- name: NATS_KV_ASSIGNMENTS
  value: {{ .Values.nats.buckets.assignments }}
- name: NATS_KV_HEARTBEATS
  value: {{ .Values.nats.buckets.heartbeats }}
- name: NATS_KV_STABLE_IDS
  value: {{ .Values.nats.buckets.stableIds }}
{{- if .Values.nats.auth.secretName }}
- name: DEFENDER_NATS_USER
  valueFrom: {secretKeyRef: {name: {{ .Values.nats.auth.secretName }}, key: user}}
- name: DEFENDER_NATS_PASSWORD_FILE
  value: /etc/defender/nats-auth/password
{{- end }}
{{- if .Values.nats.auth.credentialsSecretName }}
- name: DEFENDER_NATS_CREDENTIALS
  value: /etc/defender/nats-credentials/{{ .Values.nats.auth.credentialsKey }}
{{- end }}
{{- if .Values.nats.tls.enabled }}
- name: DEFENDER_NATS_TLS_ENABLED
  value: "true"
- name: DEFENDER_NATS_TLS_TRUSTED_CERTIFICATES
  value: /etc/defender/nats-tls/ca.crt
{{- if .Values.nats.tls.mutual }}
- name: DEFENDER_NATS_TLS_CERTIFICATE
  value: /etc/defender/nats-tls/tls.crt
- name: DEFENDER_NATS_TLS_PRIVATE_KEY
  value: /etc/defender/nats-tls/tls.key
{{- end }}
{{- end }}
{{- end -}}

{{- define "defender.cassandraEnv" -}}
- name: CASSANDRA_HOSTS
  value: {{ include "defender.cassandraHosts" . | quote }}
- name: DEFENDER_CASSANDRA_PORT
  value: {{ .Values.cassandra.port | quote }}
- name: DEFENDER_CASSANDRA_DATACENTER
  value: {{ .Values.cassandra.datacenter }}
- name: CASSANDRA_KEYSPACE
  value: {{ .Values.cassandra.keyspace }}
- name: DEFENDER_CASSANDRA_REPLICATION
  value: {{ ternary 1 .Values.cassandra.replication (eq .Values.cassandra.mode "trial") | quote }}
- name: CASSANDRA_CONSISTENCY
  value: {{ .Values.cassandra.consistency }}
{{- if .Values.cassandra.authSecretName }}
- name: DEFENDER_CASSANDRA_USER
  valueFrom: {secretKeyRef: {name: {{ .Values.cassandra.authSecretName }}, key: user}}
- name: DEFENDER_CASSANDRA_PASSWORD_FILE
  value: /etc/defender/cassandra-auth/password
{{- end }}
{{- if .Values.cassandra.tls.enabled }}
- name: DEFENDER_CASSANDRA_TLS_ENABLED
  value: "true"
- name: DEFENDER_CASSANDRA_TLS_TRUSTED_CERTIFICATES
  value: /etc/defender/cassandra-tls/ca.crt
{{- if .Values.cassandra.tls.clientCertificate }}
- name: DEFENDER_CASSANDRA_TLS_CERTIFICATE
  value: /etc/defender/cassandra-tls/tls.crt
- name: DEFENDER_CASSANDRA_TLS_PRIVATE_KEY
  value: /etc/defender/cassandra-tls/tls.key
{{- end }}
{{- end }}
{{- end -}}

{{/* Where traces go. */}}
{{- define "defender.tracingEnv" -}}
{{- with .Values.tracing }}
{{- if .enabled }}
- name: DEFENDER_TRACING_ENABLED
  value: "true"
- name: DEFENDER_TRACING_ENDPOINT
  value: {{ .endpoint | quote }}
- name: DEFENDER_TRACING_SAMPLE_RATIO
  value: {{ .sampleRatio | quote }}
{{- if .headersSecretName }}
- name: DEFENDER_TRACING_HEADERS_FILE
  value: /etc/defender/tracing/headers
{{- end }}
{{- if .tls.enabled }}
- name: DEFENDER_TRACING_TLS_ENABLED
  value: "true"
{{- if .tls.secretName }}
- name: DEFENDER_TRACING_TLS_TRUSTED_CERTIFICATES
  value: /etc/defender/tracing-tls/ca.crt
{{- if .tls.clientCertificate }}
- name: DEFENDER_TRACING_TLS_CERTIFICATE
  value: /etc/defender/tracing-tls/tls.crt
- name: DEFENDER_TRACING_TLS_PRIVATE_KEY
  value: /etc/defender/tracing-tls/tls.key
{{- end }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}
{{- end -}}

{{/* Secrets are mounted, never copied. One list decides volumes and mounts: folder, secret. */}}
{{- define "defender.secretFolders" -}}
{{- $folders := list -}}
{{- with .Values.nats.auth.secretName }}{{ $folders = append $folders (dict "folder" "nats-auth" "secret" .) }}{{ end -}}
{{- with .Values.nats.auth.credentialsSecretName }}{{ $folders = append $folders (dict "folder" "nats-credentials" "secret" .) }}{{ end -}}
{{- if .Values.nats.tls.enabled -}}
{{- $secret := required "nats.tls.secretName or clientSecretName: expected with nats.tls.enabled" (default .Values.nats.tls.secretName .Values.nats.tls.clientSecretName) -}}
{{- $folders = append $folders (dict "folder" "nats-tls" "secret" $secret) -}}
{{- end -}}
{{- with .Values.electionAgent.tls.clientSecretName }}{{ $folders = append $folders (dict "folder" "election-tls" "secret" .) }}{{ end -}}
{{- with .Values.cassandra.authSecretName }}{{ $folders = append $folders (dict "folder" "cassandra-auth" "secret" .) }}{{ end -}}
{{- if .Values.cassandra.tls.enabled -}}
{{- $folders = append $folders (dict "folder" "cassandra-tls" "secret" (required "cassandra.tls.secretName: expected with cassandra.tls.enabled" .Values.cassandra.tls.secretName)) -}}
{{- end -}}
{{- if .Values.tracing.enabled -}}
{{- with .Values.tracing.headersSecretName }}{{ $folders = append $folders (dict "folder" "tracing" "secret" .) }}{{ end -}}
{{- if .Values.tracing.tls.enabled -}}
{{- with .Values.tracing.tls.secretName }}{{ $folders = append $folders (dict "folder" "tracing-tls" "secret" .) }}{{ end -}}
{{- end -}}
{{- end -}}
{{- $folders | toJson -}}
{{- end -}}

{{- define "defender.secretVolumes" -}}
{{- range (include "defender.secretFolders" . | fromJsonArray) }}
- name: {{ .folder }}
  secret: {secretName: {{ .secret }}, defaultMode: 0440}
{{- end }}
{{- end -}}

{{- define "defender.secretMounts" -}}
{{- range (include "defender.secretFolders" . | fromJsonArray) }}
- {name: {{ .folder }}, mountPath: /etc/defender/{{ .folder }}, readOnly: true}
{{- end }}
{{- end -}}

{{/* Options of a JVM, from its sizes in MiB. */}}
{{- define "defender.jvmOptions" -}}
-Xms{{ .heapMi }}m -Xmx{{ .heapMi }}m -XX:MaxDirectMemorySize={{ .directMi }}m -XX:MaxMetaspaceSize={{ .metaspaceMi }}m -XX:ReservedCodeCacheSize={{ .codeCacheMi }}m -XX:+ExitOnOutOfMemoryError
{{- with .extraOptions }} {{ join " " . }}{{ end }}
{{- end -}}
