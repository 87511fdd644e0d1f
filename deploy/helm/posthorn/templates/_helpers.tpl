{{- define "posthorn.name" -}}
{{- if contains .Chart.Name .Release.Name }}{{ .Release.Name | trunc 50 | trimSuffix "-" }}{{ else }}{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 50 | trimSuffix "-" }}{{ end }}
{{- end }}

{{- define "posthorn.selector" -}}
app.kubernetes.io/name: posthorn
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "posthorn.labels" -}}
{{ include "posthorn.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end }}

{{- define "posthorn.secret" -}}
{{- if .Values.existingSecret }}{{ .Values.existingSecret }}
{{- else }}
{{- range list "DATABASE_URL" "POSTHORN_ENCRYPTION_KEY" "POSTHORN_AUTH_SECRET" }}
{{- if not (get $.Values.secrets .) }}{{ fail (printf "Set existingSecret, or secrets.%s" .) }}{{ end }}
{{- end }}
{{- include "posthorn.name" . }}
{{- end }}
{{- end }}
