{{/* Security contexts: the restricted pod security standard, everywhere. (list $ uid gid) */}}
{{- define "defender.podSecurity" -}}
runAsNonRoot: true
runAsUser: {{ index . 1 }}
runAsGroup: {{ index . 2 }}
fsGroup: {{ index . 2 }}
fsGroupChangePolicy: OnRootMismatch
seccompProfile: {type: RuntimeDefault}
{{- end -}}

{{- define "defender.ownPodSecurity" -}}
{{ include "defender.podSecurity" (list . .Values.security.runAsUser .Values.security.runAsGroup) }}
{{- end -}}

{{- define "defender.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
privileged: false
capabilities: {drop: [ALL]}
{{- end -}}
