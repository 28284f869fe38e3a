using 'main.bicep'

// For `azd up`, which sets the variables of the environment that it works in. Pipelines use dev.bicepparam and prod.bicepparam.
param environmentName = readEnvironmentVariable('AZURE_ENV_NAME', 'dev')
param location = readEnvironmentVariable('AZURE_LOCATION', 'westeurope')
param tags = {
  application: 'affinity-durable'
  environment: readEnvironmentVariable('AZURE_ENV_NAME', 'dev')
  'azd-env-name': readEnvironmentVariable('AZURE_ENV_NAME', 'dev')
}

// Whoever runs azd does by hand what a pipeline and operators do elsewhere.
param operators = [readEnvironmentVariable('AZURE_PRINCIPAL_ID', '00000000-0000-0000-0000-000000000000')]
param operatorType = 'User'
param publisherPrincipalId = readEnvironmentVariable('AZURE_PRINCIPAL_ID', '00000000-0000-0000-0000-000000000000')
param publisherType = 'User'

// To be looked at and thrown away: no network of its own, no locks, and nothing is written to Affinity.
param privateNetworking = false
param redundancy = 'Standard_LRS'
param deletionLocks = false
param writesEnabled = false
param logDailyCapGigabytes = 1
param auditsAccess = false

// A key to look at plans with: its hash, as `affinity-durable keys new trial` prints it.
param keys = empty(readEnvironmentVariable('READER_KEY_HASH', ''))
  ? {}
  : {
      trial: {
        hash: readEnvironmentVariable('READER_KEY_HASH', '')
        role: 'reader'
      }
    }

param alertEmails = [readEnvironmentVariable('ALERT_EMAIL', 'nobody@example.com')]
param runbookUri = 'https://example.com/affinity-durable/docs/operations.md'
param monthlyBudget = 100
param budgetStart = readEnvironmentVariable('BUDGET_START', '2026-12-01')
