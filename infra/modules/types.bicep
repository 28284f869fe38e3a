metadata description = 'Types of parameters that more than one file knows.'

@export()
@description('Tags of a resource: a name and a value each.')
type tagValues = {
  *: string
}

@export()
@description('Application settings by name.')
type settingMap = {
  *: string
}

@export()
@description('Where the Durable Task histories are kept.')
type backend = 'DurableTaskScheduler' | 'AzureStorage'

@export()
@description('The app registration that people and applications sign in with.')
type entraRegistration = {
  @description('Id of the Microsoft Entra tenant; accounts of no other tenant are admitted.')
  @minLength(36)
  @maxLength(36)
  tenantId: string

  @description('Application (client) id of the registration.')
  @minLength(36)
  @maxLength(36)
  clientId: string
}

@export()
@description('Who is what in the HTTP API: values of app roles, or object ids of groups.')
type apiRoles = {
  @description('May look, which includes field values.')
  reader: string[]?

  @description('May start, hold and undo.')
  operator: string[]?

  @description('May let plans be written.')
  approver: string[]?
}

@export()
@description('A key of the HTTP API, as `affinity-durable keys new` prints it: its hash and never the key itself.')
type apiKey = {
  @description('Hash of the key.')
  @minLength(20)
  hash: string

  @description('What the key may do; a key never approves.')
  role: 'reader' | 'operator'
}

@export()
@description('Keys of the HTTP API by name; letters and digits.')
type apiKeys = {
  *: apiKey
}

@export()
@description('Push subscriptions of Google Pub/Sub that may tell of files.')
type pubSubSenders = {
  @description('Audience of their tokens.')
  @minLength(1)
  audience: string

  @description('E-mail addresses of the service accounts whose tokens they bring.')
  @minLength(1)
  serviceAccounts: string[]
}

@export()
@description('Settings of one connection, such as Host and Database. Secrets go into the vault and are refused here.')
type connection = {
  *: string
}

@export()
@description('Connections of sources by the name that definitions give.')
type connectionMap = {
  *: connection
}

@export()
@sealed()
@description('Settings of the program that have good defaults. Named as on the page of settings; what is not given is not set.')
type tunables = {
  @description('How long one attempt at a call of the Affinity API may take, such as 00:00:30.')
  Affinity__AttemptTimeout: string?

  @description('Repeats of a read after a transient fault.')
  @minValue(0)
  @maxValue(3)
  Affinity__MaxRetries: int?

  @description('Median delay before the first repeat.')
  Affinity__RetryDelay: string?

  @description('No delay between repeats is longer.')
  Affinity__MaxRetryDelay: string?

  @description('An answer with a longer body is refused.')
  @minValue(1048576)
  Affinity__MaxAnswerBytes: int?

  @description('How long one attempt at a Blob container may stay without an answer.')
  Stores__AttemptTimeout: string?

  @description('Repeats of it after a fault that may pass.')
  @minValue(0)
  Stores__MaxRetries: int?

  @description('Before the first repeat; it doubles each time.')
  Stores__RetryDelay: string?

  @description('No delay between repeats is longer.')
  Stores__MaxRetryDelay: string?

  @description('Address of an OpenTelemetry collector that gets spans, metrics and log messages as well.')
  OTEL_EXPORTER_OTLP_ENDPOINT: string?

  @description('Where records are spooled while a source is read.')
  Sources__TempDirectory: string?

  @description('Memory that DuckDB may use for one source.')
  @minValue(64)
  Sources__MemoryLimitMegabytes: int?

  @description('Disk that DuckDB may use for one source.')
  @minValue(0)
  Sources__TempLimitMegabytes: int?

  @description('Disk that one source may use for copies of its files and records.')
  @minValue(1)
  Sources__SpoolLimitMegabytes: int?

  @description('Memory that one answer of a feed may take.')
  @minValue(1)
  Sources__MaxAnswerMegabytes: int?

  @description('Before the first repeat of a request to a feed.')
  Sources__RetryDelay: string?

  @description('Threads that read one file.')
  @minValue(1)
  Sources__Threads: int?

  @description('Where the keys are that Google signs tokens of Pub/Sub with.')
  Access__PubSub__KeysUri: string?

  @description('Largest body of a push, unpacked.')
  @minValue(1)
  Push__MaxMegabytes: int?

  @description('The header that carries the signature of a delivery of the webhook.')
  Webhooks__Affinity__SignatureHeader: string?

  @description('How long a run waits for more of the same sync after the first delivery.')
  Webhooks__Affinity__Debounce: string?
}
