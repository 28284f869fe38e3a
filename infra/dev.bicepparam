using 'main.bicep'

param environmentName = 'dev'
param location = 'westeurope'
param tags = {
  application: 'affinity-durable'
  environment: 'dev'
  owner: 'platform'
}

// A test environment holds no customer data: it talks to a simulated Affinity, and is reached from anywhere with an identity.
param simulatedAffinity = true
param privateNetworking = false
param writesEnabled = true
param redundancy = 'Standard_LRS'
param deletionLocks = false
param runRetentionDays = 90
param versionDays = 7
param historyDays = 7
param logRetentionDays = 30
param logDailyCapGigabytes = 1
param auditsAccess = false

param alertEmails = ['affinity-durable-dev@example.com']
param runbookUri = 'https://example.com/affinity-durable/docs/operations.md'
param monthlyBudget = 100
param budgetStart = '2026-12-01'

// Keys of the HTTP API, as `affinity-durable keys new pipeline --role operator` prints them; the smoke test needs that one.
param keys = {}
