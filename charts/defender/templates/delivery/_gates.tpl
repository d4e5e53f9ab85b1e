{{/*
The gates of a new version, as JSON: name -> {query, high, pass, fail}. high: high values are bad. (list $ "selector of its
series" "selector of its pods"). Rates are of the new version alone; leadership, coverage and lag are of the whole cluster, which a bad
member hurts as well. Without data a gate says NaN, which neither passes nor fails.
*/}}
{{- define "defender.gates" -}}
{{- $root := index . 0 -}}
{{- $g := $root.Values.delivery.gates -}}
{{- $all := printf "namespace=%q,release=%q" $root.Release.Namespace $root.Release.Name -}}
{{- $new := printf "%s,%s" $all (index . 1) -}}
{{- $pods := printf "namespace=%q,container=\"defender\",%s" $root.Release.Namespace (index . 2) -}}
{{- $failed := printf "(sum(rate(defender_messages_failed_total{%s,reason=~\"retryable|dead_letter|acknowledgement\"}[5m])) or vector(0))" $new -}}
{{- $processed := printf "(sum(rate(defender_messages_processed_total{%s}[5m])) or vector(0))" $new -}}
{{- $dead := printf "(sum(rate(defender_messages_failed_total{%s,reason=\"dead_letter\"}[5m])) or vector(0))" $new -}}
{{- $gates := dict
  "error-rate" (dict "high" true "limits" $g.errorRate "query" (printf "%s / (%s + %s)" $failed $processed $failed))
  "success" (dict "high" false "limits" $g.success "query" (printf "%s / (%s + %s)" $processed $processed $dead))
  "p95-seconds" (dict "high" true "limits" $g.p95Seconds "query" (printf "histogram_quantile(0.95, sum by (le) (rate(defender_process_time_seconds_bucket{%s}[5m])))" $new))
  "leader-changes" (dict "high" true "limits" $g.leaderChanges "query" (printf "sum(increase(defender_leader_changes_total{%s}[5m])) or vector(0)" $all))
  "coverage" (dict "high" false "limits" $g.coverage "query" (printf "sum(defender_assigned_subjects{%s}) / max(defender_total_subjects{%s})" $all $all))
  "lag" (dict "high" true "limits" $g.lag "query" (printf "release:defender_backlog:sum{%s}" $all))
  "cpu" (dict "high" true "limits" $g.cpu "query" (printf "sum(rate(container_cpu_usage_seconds_total{%s}[5m])) / sum(kube_pod_container_resource_limits{%s,resource=\"cpu\"})" $pods $pods))
  "memory" (dict "high" true "limits" $g.memory "query" (printf "sum(container_memory_working_set_bytes{%s}) / sum(kube_pod_container_resource_limits{%s,resource=\"memory\"})" $pods $pods))
-}}
{{- $gates | toJson -}}
{{- end -}}
