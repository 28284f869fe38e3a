metadata description = 'Who may do what: every role of the app and of people, each on as little as it needs. Event Grid has its own beside its topic.'

import * as names from 'containers.bicep'
import { roles } from 'roles.bicep'
import { backend } from 'types.bicep'

@description('Principal id of the identity of the function app.')
param appPrincipalId string

@description('Where the Durable Task histories are kept.')
param durableBackend backend

@description('Name of the storage account.')
param storageName string

@description('Name of the vault.')
param vaultName string

@description('Name of the Application Insights resource.')
param applicationInsightsName string

@description('Name of the scheduler; it is there with the backend DurableTaskScheduler only.')
param schedulerName string

@description('Name of the task hub.')
param hubName string

@description('Object ids of those who may put secrets into the vault.')
param operators string[]

@description('What the operators are.')
param operatorType 'Group' | 'ServicePrincipal' | 'User'

var inStorage = durableBackend == 'AzureStorage'

// The host's own containers are made by the template, so that the app needs no role on the account and cannot write its own definitions.
var onContainers = concat(
  [
    { container: names.stores, role: roles.storageBlobDataContributor }
    { container: names.definitions, role: roles.storageBlobDataReader }
    { container: names.exports, role: roles.storageBlobDataReader }
    { container: names.package, role: roles.storageBlobDataContributor }
  ],
  map(names.host, name => { container: name, role: roles.storageBlobDataOwner }),
  inStorage ? map(names.hubContainers(hubName), name => { container: name, role: roles.storageBlobDataContributor }) : []
)

var onQueues = [
  { queue: names.arrivals, role: roles.storageQueueDataReader }
  { queue: names.arrivals, role: roles.storageQueueDataMessageProcessor }
  { queue: names.arrivalsPoison, role: roles.storageQueueDataMessageSender }
]

// Names of the hub's queues and tables are the provider's own, and it makes them.
var onAccount = inStorage ? [roles.storageQueueDataContributor, roles.storageTableDataContributor] : []

resource account 'Microsoft.Storage/storageAccounts@2025-06-01' existing = {
  name: storageName

  resource blobs 'blobServices' existing = {
    name: 'default'

    resource container 'containers' existing = [for one in onContainers: { name: one.container }]
  }

  resource queues 'queueServices' existing = {
    name: 'default'

    resource queue 'queues' existing = [for one in onQueues: { name: one.queue }]
  }
}

resource vault 'Microsoft.KeyVault/vaults@2025-05-01' existing = {
  name: vaultName
}

resource applicationInsights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: applicationInsightsName
}

resource scheduler 'Microsoft.DurableTask/schedulers@2026-02-01' existing = {
  name: schedulerName

  resource hub 'taskHubs' existing = {
    name: hubName
  }
}

resource appOnContainers 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (one, index) in onContainers: {
    name: guid(account::blobs::container[index].id, 'app', one.role)
    scope: account::blobs::container[index]
    properties: {
      principalId: appPrincipalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', one.role)
    }
  }
]

resource appOnQueues 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (one, index) in onQueues: {
    name: guid(account::queues::queue[index].id, 'app', one.role)
    scope: account::queues::queue[index]
    properties: {
      principalId: appPrincipalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', one.role)
    }
  }
]

resource appOnAccount 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in onAccount: {
    name: guid(account.id, 'app', role)
    scope: account
    properties: {
      principalId: appPrincipalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
    }
  }
]

resource appOnVault 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, 'app', roles.keyVaultSecretsUser)
  scope: vault
  properties: {
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.keyVaultSecretsUser)
  }
}

resource appOnTelemetry 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(applicationInsights.id, 'app', roles.monitoringMetricsPublisher)
  scope: applicationInsights
  properties: {
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.monitoringMetricsPublisher)
  }
}

resource appOnHub 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!inStorage) {
  name: guid(scheduler::hub.id, 'app', roles.durableTaskDataContributor)
  scope: scheduler::hub
  properties: {
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.durableTaskDataContributor)
  }
}

resource operatorsOnVault 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for operator in operators: {
    name: guid(vault.id, operator, roles.keyVaultSecretsOfficer)
    scope: vault
    properties: {
      principalId: operator
      principalType: operatorType
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.keyVaultSecretsOfficer)
    }
  }
]
