{{/* The behaviour that both kinds of autoscaler share. */}}
{{- define "defender.scalingBehavior" -}}
{{- $up := .Values.autoscaling.scaleUp -}}
{{- $down := .Values.autoscaling.scaleDown -}}
scaleUp:
  stabilizationWindowSeconds: {{ $up.stabilizationWindowSeconds }}
  # The smaller of the two: a wave of newcomers costs hand-overs.
  selectPolicy: Min
  policies:
    - {type: Percent, value: {{ $up.percent }}, periodSeconds: {{ $up.periodSeconds }}}
    - {type: Pods, value: {{ $up.pods }}, periodSeconds: {{ $up.periodSeconds }}}
scaleDown:
  stabilizationWindowSeconds: {{ $down.stabilizationWindowSeconds }}
  policies:
    - {type: Percent, value: {{ $down.percent }}, periodSeconds: {{ $down.periodSeconds }}}
{{- end -}}
