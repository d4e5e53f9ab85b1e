{{/* The pod of a defender, the same under a Deployment and a Rollout. */}}
{{- define "defender.podTemplate" -}}
{{- $d := .Values.defender -}}
metadata:
  labels:
    {{- include "defender.labels" (list . "defender") | nindent 4 }}
    {{- with .Values.color }}
    defender.tfdc.io/color: {{ . }}
    {{- end }}
  annotations:
    checksum/config: {{ include "defender.configFile" . | sha256sum }}
    {{- with $d.podAnnotations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  serviceAccountName: {{ include "defender.fullname" . }}
  automountServiceAccountToken: false
  enableServiceLinks: false
  {{- include "defender.pullSecrets" . | nindent 2 }}
  terminationGracePeriodSeconds: {{ $d.terminationGracePeriodSeconds }}
  {{- if or $d.priorityClass.create $d.priorityClass.name }}
  priorityClassName: {{ default (include "defender.fullname" .) $d.priorityClass.name }}
  {{- end }}
  securityContext:
    {{- include "defender.ownPodSecurity" . | nindent 4 }}
  {{- if $d.topologySpread.enabled }}
  topologySpreadConstraints:
    {{- range list "topology.kubernetes.io/zone" "kubernetes.io/hostname" }}
    - topologyKey: {{ . }}
      maxSkew: {{ $d.topologySpread.maxSkew }}
      whenUnsatisfiable: {{ $d.topologySpread.whenUnsatisfiable }}
      labelSelector:
        matchLabels:
          {{- include "defender.componentLabels" (list $ "defender") | nindent 10 }}
    {{- end }}
  {{- end }}
  {{- with $d.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $d.tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $d.affinity }}
  affinity:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  containers:
    - name: defender
      image: {{ include "defender.ownImage" . }}
      imagePullPolicy: {{ .Values.image.pullPolicy }}
      args: [run]
      securityContext:
        {{- include "defender.containerSecurity" . | nindent 8 }}
      ports:
        - {name: api, containerPort: {{ .Values.api.port }}}
        - {name: management, containerPort: {{ .Values.management.port }}}
      env:
        {{- include "defender.podEnv" . | nindent 8 }}
        {{- include "defender.natsEnv" . | nindent 8 }}
        {{- include "defender.cassandraEnv" . | nindent 8 }}
        {{- include "defender.clusterEnv" . | nindent 8 }}
        {{- include "defender.apiEnv" . | nindent 8 }}
        {{- include "defender.tracingEnv" . | nindent 8 }}
        - name: DEFENDER_CONFIG
          value: /etc/defender/config/defender.yaml
        - name: DEFENDER_HTTP_PORT
          value: {{ .Values.management.port | quote }}
        - name: DEFENDER_PROCESSING_DRAIN_TIMEOUT
          value: {{ $d.drainSeconds }}s
        {{- if $d.strategiesConfigMap }}
        - name: DEFENDER_PROCESSING_STRATEGIES
          value: /etc/defender/strategies
        {{- end }}
        - name: LOG_FORMAT
          value: json
        - name: JDK_JAVA_OPTIONS
          value: {{ include "defender.jvmOptions" $d.jvm | quote }}
        {{- with $d.extraEnv }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      resources:
        {{- toYaml $d.resources | nindent 8 }}
      startupProbe:
        httpGet: {path: /health/startup, port: management}
        {{- toYaml $d.probes.startup | nindent 8 }}
      livenessProbe:
        httpGet: {path: /health/live, port: management}
        {{- toYaml $d.probes.liveness | nindent 8 }}
      readinessProbe:
        httpGet: {path: /health/ready, port: management}
        {{- toYaml $d.probes.readiness | nindent 8 }}
      lifecycle:
        preStop:
          # Until the last client has seen that this endpoint is gone.
          exec: {command: [sleep, {{ $d.preStopSeconds | quote }}]}
      volumeMounts:
        - {name: config, mountPath: /etc/defender/config, readOnly: true}
        - {name: tmp, mountPath: /tmp}
        - {name: diagnostics, mountPath: /var/lib/defender}
        {{- if $d.strategiesConfigMap }}
        - {name: strategies, mountPath: /etc/defender/strategies, readOnly: true}
        {{- end }}
        {{- include "defender.secretMounts" . | nindent 8 }}
        {{- range include "defender.apiFolders" . | fromJsonArray }}
        - {name: {{ .folder }}, mountPath: /etc/defender/{{ .folder }}, readOnly: true}
        {{- end }}
  volumes:
    - name: config
      configMap: {name: {{ include "defender.fullname" . }}-config}
    - name: tmp
      emptyDir: {sizeLimit: {{ $d.tmpSize }}}
    - name: diagnostics
      emptyDir: {sizeLimit: {{ $d.diagnosticsSize }}}
    {{- if $d.strategiesConfigMap }}
    - name: strategies
      configMap: {name: {{ $d.strategiesConfigMap }}}
    {{- end }}
    {{- include "defender.secretVolumes" . | nindent 4 }}
    {{- range include "defender.apiFolders" . | fromJsonArray }}
    - name: {{ .folder }}
      secret: {secretName: {{ .secret }}, defaultMode: 0440}
    {{- end }}
{{- end -}}

{{/* Election and size of the cluster. The program puts the scope behind the names of its buckets itself. */}}
{{- define "defender.clusterEnv" -}}
- name: ELECTION_AGENT_ADDR
  value: {{ include "defender.agentAddresses" . | quote }}
- name: DEFENDER_ELECTION_NAME
  value: {{ list (include "defender.fullname" .) .Values.scope .Release.Namespace | compact | join "_" | trunc 64 | trimSuffix "_" }}
- name: ELECTION_TTL_SECONDS
  value: {{ .Values.electionAgent.termSeconds | quote }}
{{- if .Values.electionAgent.tls.clientSecretName }}
- name: DEFENDER_ELECTION_TLS_ENABLED
  value: "true"
- name: DEFENDER_ELECTION_TLS_TRUSTED_CERTIFICATES
  value: /etc/defender/election-tls/ca.crt
{{- end }}
- name: MAX_DEFENDERS
  value: {{ .Values.defender.maxDefenders | quote }}
{{- if eq .Values.autoscaling.mode "none" }}
# Only until an agent says how many the workload wants.
- name: DEFENDER_CLUSTER_EXPECTED_SIZE
  value: {{ .Values.defender.replicas | quote }}
{{- end }}
- name: ASSIGNMENT_CONTROLLER_ENABLED
  value: {{ .Values.defender.assignment | quote }}
{{- with .Values.scope }}
- name: DEFENDER_CLUSTER_SCOPE
  value: {{ . }}
{{- end }}
{{- with .Values.color }}
- name: DEPLOYMENT_COLOR
  value: {{ . }}
{{- end }}
{{- end -}}

{{/* API and console: who may call, and by which certificate it is known. */}}
{{- define "defender.apiEnv" -}}
- name: DEFENDER_API_ENABLED
  value: {{ .Values.api.enabled | quote }}
- name: DEFENDER_API_PORT
  value: {{ .Values.api.port | quote }}
- name: DEFENDER_API_ANONYMOUS_READ
  value: {{ .Values.api.anonymousRead | quote }}
{{- if .Values.api.tokensSecretName }}
- name: DEFENDER_API_TOKENS
  value: /etc/defender/api-tokens/tokens
{{- end }}
{{- with .Values.api.jwt }}
{{- if or .discover .keysSecretName }}
{{- if .discover }}
- name: DEFENDER_API_JWT_DISCOVER
  value: "true"
{{- else }}
- name: DEFENDER_API_JWT_KEYS
  value: /etc/defender/api-jwt/keys
{{- end }}
- name: DEFENDER_API_JWT_ISSUER
  value: {{ required "api.jwt.issuer: expected with api.jwt.discover or api.jwt.keysSecretName" .issuer | quote }}
- name: DEFENDER_API_JWT_AUDIENCE
  value: {{ .audience | quote }}
- name: DEFENDER_API_JWT_ROLES_CLAIM
  value: {{ .rolesClaim | quote }}
{{- with .roles }}
- name: DEFENDER_API_JWT_ROLES
  value: {{ join "," . | quote }}
{{- end }}
{{- if .caSecretName }}
- name: DEFENDER_API_JWT_TRUSTED_CERTIFICATES
  value: /etc/defender/api-jwt-ca/ca.crt
{{- end }}
{{- end }}
{{- end }}
{{- with .Values.api.login }}
{{- if .clientId }}
- name: DEFENDER_API_LOGIN_CLIENT_ID
  value: {{ .clientId | quote }}
- name: DEFENDER_API_LOGIN_PUBLIC_URL
  value: {{ required "api.login.publicUrl: expected with api.login.clientId" .publicUrl | quote }}
- name: DEFENDER_API_LOGIN_SCOPES
  value: {{ join "," .scopes | quote }}
- name: DEFENDER_API_LOGIN_SESSION
  value: {{ .session }}
- name: DEFENDER_API_LOGIN_SESSION_KEY_FILE
  value: /etc/defender/api-login/session-key
{{- if not .publicClient }}
- name: DEFENDER_API_LOGIN_CLIENT_SECRET_FILE
  value: /etc/defender/api-login/client-secret
{{- end }}
{{- end }}
{{- end }}
{{- if .Values.api.tls.secretName }}
- name: DEFENDER_API_TLS_CERTIFICATE
  value: /etc/defender/api-tls/tls.crt
- name: DEFENDER_API_TLS_PRIVATE_KEY
  value: /etc/defender/api-tls/tls.key
{{- end }}
{{- end -}}

{{- define "defender.apiFolders" -}}
{{- $folders := list -}}
{{- with .Values.api.tokensSecretName }}{{ $folders = append $folders (dict "folder" "api-tokens" "secret" .) }}{{ end -}}
{{- if and .Values.api.jwt.keysSecretName (not .Values.api.jwt.discover) }}{{ $folders = append $folders (dict "folder" "api-jwt" "secret" .Values.api.jwt.keysSecretName) }}{{ end -}}
{{- with .Values.api.jwt.caSecretName }}{{ $folders = append $folders (dict "folder" "api-jwt-ca" "secret" .) }}{{ end -}}
{{- if .Values.api.login.clientId -}}
{{- $folders = append $folders (dict "folder" "api-login" "secret" (required "api.login.secretName: expected with api.login.clientId" .Values.api.login.secretName)) -}}
{{- end -}}
{{- with .Values.api.tls.secretName }}{{ $folders = append $folders (dict "folder" "api-tls" "secret" .) }}{{ end -}}
{{- $folders | toJson -}}
{{- end -}}

{{- define "defender.configFile" -}}
{{- with .Values.defender.config }}
{{- toYaml . }}
{{- else -}}
{}
{{- end }}
{{- end -}}
