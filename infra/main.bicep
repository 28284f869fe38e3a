targetScope = 'subscription'

metadata description = 'AffinityDurable in one resource group: see README.md.'

import * as containers from 'modules/containers.bicep'
import { apiKeys, apiRoles, backend, connectionMap, entraRegistration, pubSubSenders, tagValues, tunables } from 'modules/types.bicep'

@description('Short name of the environment, such as dev or prod: part of every name, and the overlay of definitions that holds.')
@minLength(2)
@maxLength(8)
param environmentName string

@description('Region of everything. Flex Consumption and, with it, the Durable Task Scheduler have to be there.')
param location string

@description('Tags of the resource group and of all resources.')
param tags tagValues

@description('Where the Durable Task histories are kept: in a scheduler of its own, or in the storage account.')
param durableBackend backend = 'DurableTaskScheduler'

@description('Whether storage, vault and scheduler are reached by private endpoints only, and calls leave by one fixed address.')
param privateNetworking bool = true

@description('Address space of the network in CIDR notation, at least a /26.')
param addressSpace string = '10.40.0.0/24'

@description('With private networking: public addresses that reach storage and vault all the same, such as those of build agents and operators.')
param allowedAddresses string[] = []

@description('Public ranges that may call the app, in CIDR notation. None lets everybody ask; the app admits those with a key or a sign-in.')
param allowedCallers string[] = []

@description('Who gets mail from alerts and from the budget.')
@minLength(1)
param alertEmails string[]

@description('Address of the runbook; each alert adds the section it is about.')
@minLength(8)
param runbookUri string

@description('What the resource group may cost a month, in the currency of the billing account.')
@minValue(1)
param monthlyBudget int

@description('First day of the first month of the budget, such as 2026-12-01.')
@minLength(10)
@maxLength(10)
param budgetStart string

@description('App registration that people and applications sign in with. Without it keys are the only way in.')
param entra entraRegistration?

@description('Who is what in the HTTP API: values of app roles of the registration, or object ids of groups.')
param roles apiRoles = {}

@description('Whether anything is written to Affinity. Off until somebody has looked at the first plans.')
param writesEnabled bool = false

@description('Object ids of those who may put secrets into the vault.')
param operators string[] = []

@description('What the operators are.')
param operatorType 'Group' | 'ServicePrincipal' | 'User' = 'Group'

@description('Object id of who publishes definitions and deploys the app: the service principal of the pipeline. Empty for none.')
param publisherPrincipalId string = ''

@description('What the publisher is.')
param publisherType 'Group' | 'ServicePrincipal' | 'User' = 'ServicePrincipal'

@description('Settings of connections, below Connections__; secrets are refused and belong into the vault.')
param connections connectionMap = {}

@description('Settings of the program that have good defaults.')
param tuning tunables = {}

@description('Keys of the HTTP API: hashes and roles, by name.')
param keys apiKeys = {}

@description('Push subscriptions of Google Pub/Sub that may tell of files. They and keys need requests without a sign-in to reach the app.')
param pubSub pubSubSenders?

@description('Whether the app talks to a simulated Affinity, which is deployed with it. For test environments.')
param simulatedAffinity bool = false

@description('Days that a run is kept, with what is needed to undo it.')
@minValue(90)
@maxValue(3650)
param runRetentionDays int = 400

@description('Days that overwritten and deleted blobs can be brought back.')
@minValue(7)
@maxValue(365)
param versionDays int = 30

@description('Days that histories of ended orchestrations are kept in the scheduler.')
@minValue(1)
@maxValue(90)
param historyDays int = 30

@description('Days that logs are kept.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 90

@description('Gigabytes of logs a day after which no more are taken in.')
@minValue(1)
param logDailyCapGigabytes int = 2

@description('Whether reads and writes of blobs are logged too, not only deletions.')
param auditsAccess bool = true

@description('How often data is kept: in one zone, in three, or in another region as well.')
@allowed([
  'Standard_LRS'
  'Standard_ZRS'
  'Standard_GZRS'
])
param redundancy string = 'Standard_ZRS'

@description('Whether locks keep the storage account and the vault from being deleted.')
param deletionLocks bool = true

@description('Memory of an instance of the app.')
@allowed([
  512
  2048
  4096
])
param instanceMemoryMB int = 2048

@description('Most instances of the app.')
@minValue(1)
@maxValue(3)
param maximumInstanceCount int = 2

var suffix = take(uniqueString(subscription().id, environmentName), 6)
var names = {
  resourceGroup: 'rg-affinity-durable-${environmentName}'
  functionApp: 'func-affinity-durable-${environmentName}-${suffix}'
  plan: 'plan-affinity-durable-${environmentName}-${suffix}'
  identity: 'id-affinity-durable-${environmentName}'
  storage: 'stafdur${environmentName}${suffix}'
  vault: 'kv-afdur-${environmentName}-${suffix}'
  scheduler: 'dts-affinity-durable-${environmentName}-${suffix}'
  hub: 'AffinityDurable${toUpper(take(environmentName, 1))}${skip(environmentName, 1)}'
  workspace: 'log-affinity-durable-${environmentName}-${suffix}'
  applicationInsights: 'appi-affinity-durable-${environmentName}-${suffix}'
  topic: 'evgt-affinity-durable-${environmentName}'
  network: 'vnet-affinity-durable-${environmentName}'
  natGateway: 'nat-affinity-durable-${environmentName}'
  publicIp: 'pip-affinity-durable-${environmentName}'
  budget: 'budget-affinity-durable-${environmentName}'
  simulator: 'app-affinity-simulator-${environmentName}-${suffix}'
  simulatorPlan: 'plan-affinity-simulator-${environmentName}-${suffix}'
}
var hasScheduler = durableBackend == 'DurableTaskScheduler'
var hasSimulator = simulatedAffinity && privateNetworking
  ? fail('simulatedAffinity does not go with privateNetworking: the simulated Affinity reads its key from the vault, and is outside the network.')
  : simulatedAffinity

// Private DNS zones by what is reached in them.
var zones = union(
  toObject(['blob', 'queue', 'table'], part => part, part => 'privatelink.${part}.${environment().suffixes.storage}'),
  { vault: 'privatelink.vaultcore.azure.net' },
  hasScheduler ? { scheduler: 'privatelink.durabletask.io' } : {}
)

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: names.resourceGroup
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  scope: group
  params: {
    name: names.identity
    location: location
    tags: tags
  }
}

module telemetry 'modules/telemetry.bicep' = {
  scope: group
  params: {
    workspaceName: names.workspace
    applicationInsightsName: names.applicationInsights
    location: location
    tags: tags
    retentionDays: logRetentionDays
    dailyCapGigabytes: logDailyCapGigabytes
  }
}

module network 'modules/network.bicep' = if (privateNetworking) {
  scope: group
  params: {
    name: names.network
    natGatewayName: names.natGateway
    publicIpName: names.publicIp
    location: location
    tags: tags
    addressSpace: addressSpace
  }
}

module storage 'modules/storage.bicep' = {
  scope: group
  params: {
    name: names.storage
    location: location
    tags: tags
    redundancy: redundancy
    hubContainers: hasScheduler ? [] : containers.hubContainers(names.hub)
    isPrivate: privateNetworking
    allowedAddresses: allowedAddresses
    runRetentionDays: runRetentionDays
    versionDays: versionDays
    isLocked: deletionLocks
    workspaceId: telemetry.outputs.workspaceId
    auditsAccess: auditsAccess
  }
}

module vault 'modules/vault.bicep' = {
  scope: group
  params: {
    name: names.vault
    location: location
    tags: tags
    isPrivate: privateNetworking
    allowedAddresses: allowedAddresses
    isLocked: deletionLocks
    workspaceId: telemetry.outputs.workspaceId
  }
}

module scheduler 'modules/scheduler.bicep' = if (hasScheduler) {
  scope: group
  params: {
    name: names.scheduler
    hubName: names.hub
    location: location
    tags: tags
    isPrivate: privateNetworking
    historyDays: historyDays
  }
}

module endpoints 'modules/private-endpoint.bicep' = [
  for zone in items(privateNetworking ? zones : {}): {
    name: 'private-endpoint-${zone.key}'
    scope: group
    params: {
      name: 'pe-affinity-durable-${environmentName}-${zone.key}'
      location: location
      tags: tags
      serviceId: zone.key == 'vault' ? vault.outputs.id : zone.key == 'scheduler' ? scheduler!.outputs.id : storage.outputs.id
      part: zone.key
      zoneName: zone.value
      networkId: network!.outputs.id
      subnetId: network!.outputs.endpointSubnetId
    }
  }
]

module access 'modules/access.bicep' = {
  scope: group
  dependsOn: [
    storage
    vault
    scheduler
    telemetry
  ]
  params: {
    appPrincipalId: identity.outputs.principalId
    durableBackend: durableBackend
    storageName: names.storage
    vaultName: names.vault
    applicationInsightsName: names.applicationInsights
    schedulerName: names.scheduler
    hubName: names.hub
    operators: operators
    operatorType: operatorType
  }
}

module arrivals 'modules/arrivals.bicep' = {
  scope: group
  dependsOn: [
    storage
  ]
  params: {
    name: names.topic
    location: location
    tags: tags
    storageName: names.storage
  }
}

module simulator 'modules/simulator.bicep' = if (hasSimulator) {
  scope: group
  dependsOn: [
    vault
  ]
  params: {
    name: names.simulator
    planName: names.simulatorPlan
    location: location
    tags: tags
    vaultName: names.vault
  }
}

module functionApp 'modules/function-app.bicep' = {
  scope: group
  // It starts with all of its roles, and reaches everything by then.
  dependsOn: [
    access
    endpoints
    storage
  ]
  params: {
    name: names.functionApp
    planName: names.plan
    location: location
    tags: tags
    environmentName: environmentName
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    storageName: names.storage
    vaultUri: vault.outputs.uri
    applicationInsightsConnectionString: telemetry.outputs.connectionString
    durableBackend: durableBackend
    schedulerEndpoint: hasScheduler ? scheduler!.outputs.endpoint : ''
    hubName: names.hub
    subnetId: privateNetworking ? network!.outputs.appSubnetId : null
    allowedCallers: allowedCallers
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    writesEnabled: writesEnabled
    isSimulated: hasSimulator
    simulatorAddress: hasSimulator ? simulator!.outputs.uri : ''
    entra: entra
    roles: roles
    keys: keys
    pubSub: pubSub
    connections: connections
    tuning: tuning
  }
}

module publisher 'modules/publisher.bicep' = if (!empty(publisherPrincipalId)) {
  scope: group
  dependsOn: [
    functionApp
    simulator
    storage
  ]
  params: {
    principalId: publisherPrincipalId
    principalType: publisherType
    storageName: names.storage
    siteNames: concat([names.functionApp], hasSimulator ? [names.simulator] : [])
  }
}

module monitoring 'modules/monitoring.bicep' = {
  scope: group
  params: {
    location: location
    tags: tags
    environmentName: environmentName
    workspaceId: telemetry.outputs.workspaceId
    applicationInsightsId: telemetry.outputs.applicationInsightsId
    alertEmails: alertEmails
    runbookUri: runbookUri
  }
}

module budget 'modules/budget.bicep' = {
  scope: group
  params: {
    name: names.budget
    amount: monthlyBudget
    start: budgetStart
    emails: alertEmails
  }
}

@description('Name of the resource group.')
output AZURE_RESOURCE_GROUP string = group.name

@description('Name of the function app.')
output FUNCTION_APP_NAME string = names.functionApp

@description('Address of the function app; its API is below /api.')
output FUNCTION_APP_URI string = functionApp.outputs.uri

@description('Name of the storage account.')
output STORAGE_ACCOUNT_NAME string = names.storage

@description('Name of the vault.')
output KEY_VAULT_NAME string = names.vault

@description('Address of the vault.')
output KEY_VAULT_URI string = vault.outputs.uri

@description('Container of runs and state.')
output STORES_BLOB_URI string = 'https://${names.storage}.blob.${environment().suffixes.storage}/${containers.stores}'

@description('Container of the definitions: what they are published to.')
output DEFINITIONS_BLOB_URI string = 'https://${names.storage}.blob.${environment().suffixes.storage}/${containers.definitions}'

@description('The address that all calls come from, for allow-lists of others; empty without private networking.')
output OUTBOUND_IP_ADDRESS string = privateNetworking ? network!.outputs.outboundAddress : ''

@description('Name of the simulated Affinity; empty without one.')
output SIMULATED_AFFINITY_NAME string = hasSimulator ? names.simulator : ''

@description('Address of the simulated Affinity; empty without one.')
output SIMULATED_AFFINITY_URI string = hasSimulator ? simulator!.outputs.uri : ''
