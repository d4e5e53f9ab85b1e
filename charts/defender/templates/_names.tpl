{{/* Names, labels and images. */}}

{{- define "defender.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 40 | trimSuffix "-" -}}
{{- end -}}

{{/* At most 40 characters, so that suffixes of components and pods fit into 63. */}}
{{- define "defender.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" -}}
{{- else if contains (include "defender.name" .) .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name (include "defender.name" .) | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "defender.agentName" -}}{{ include "defender.fullname" . }}-agent{{- end -}}
{{- define "defender.natsName" -}}{{ include "defender.fullname" . }}-nats{{- end -}}
{{- define "defender.cassandraName" -}}{{ include "defender.fullname" . }}-cassandra{{- end -}}

{{/*
Selector of a component: (list $ "component"). Without app.kubernetes.io/name, which Flagger changes in its primary copy.
*/}}
{{- define "defender.componentLabels" -}}
{{- $root := index . 0 -}}
app.kubernetes.io/instance: {{ $root.Release.Name }}
app.kubernetes.io/component: {{ index . 1 }}
{{- end -}}

{{/* Selector of a workload: (list $ "component"). */}}
{{- define "defender.selectorLabels" -}}
app.kubernetes.io/name: {{ include "defender.name" (index . 0) }}
{{ include "defender.componentLabels" . }}
{{- end -}}

{{/* All labels of an object: (list $ "component"). */}}
{{- define "defender.labels" -}}
{{- $root := index . 0 -}}
{{ include "defender.selectorLabels" . }}
app.kubernetes.io/part-of: defender
app.kubernetes.io/version: {{ $root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ $root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" $root.Chart.Name $root.Chart.Version | quote }}
{{- with $root.Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* name:tag or name@digest: (list $image "default tag"). The schema refuses tags that move. */}}
{{- define "defender.image" -}}
{{- $image := index . 0 -}}
{{- if $image.digest -}}
{{- printf "%s@%s" $image.repository $image.digest -}}
{{- else -}}
{{- printf "%s:%s" $image.repository (default (index . 1) $image.tag) -}}
{{- end -}}
{{- end -}}

{{- define "defender.ownImage" -}}{{ include "defender.image" (list .Values.image .Chart.AppVersion) }}{{- end -}}

{{- define "defender.pullSecrets" -}}
{{- with .Values.imagePullSecrets }}
imagePullSecrets:
{{- range . }}
  - name: {{ . }}
{{- end }}
{{- end }}
{{- end -}}

{{/* What the update or rollout acts on. */}}
{{- define "defender.workload" -}}
{{- if eq .Values.delivery.engine "argo" }}
apiVersion: argoproj.io/v1alpha1
kind: Rollout
{{- else }}
apiVersion: apps/v1
kind: Deployment
{{- end }}
name: {{ include "defender.fullname" . }}
{{- end -}}
