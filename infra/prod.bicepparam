using 'main.bicep'

param environmentName = 'prod'
param location = 'westeurope'
param tags = {
  application: 'affinity-durable'
  environment: 'prod'
  owner: 'platform'
}

// Off until the first plans have been looked at: docs/operations.md says when to switch it on.
param writesEnabled = false

param alertEmails = ['affinity-durable@example.com']
param runbookUri = 'https://example.com/affinity-durable/docs/operations.md'
param monthlyBudget = 300
param budgetStart = '2026-12-01'

param entra = {
  tenantId: '00000000-0000-0000-0000-000000000000'
  clientId: '00000000-0000-0000-0000-000000000000'
}
param roles = {
  reader: ['AffinityDurable.Reader']
  operator: ['AffinityDurable.Operator']
  approver: ['AffinityDurable.Approver']
}

// Keys of the HTTP API, as `affinity-durable keys new pipeline` prints them; the check after a deployment needs that one.
param keys = {}

// Object ids: a group that may put secrets into the vault, and the service principal of the pipeline.
param operators = []
param publisherPrincipalId = ''

// Addresses of build agents and of those who put secrets into the vault.
param allowedAddresses = []
