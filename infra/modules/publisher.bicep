metadata description = 'What the pipeline of an environment may do: put code into the app, definitions into their container, and look at alerts.'

import * as names from 'containers.bicep'
import { roles } from 'roles.bicep'

@description('Object id of the pipeline, or of who does its work.')
@minLength(36)
@maxLength(36)
param principalId string

@description('What that is.')
param principalType 'Group' | 'ServicePrincipal' | 'User'

@description('Name of the storage account.')
param storageName string

@description('Names of the sites it puts code into.')
param siteNames string[]

resource account 'Microsoft.Storage/storageAccounts@2025-06-01' existing = {
  name: storageName

  resource blobs 'blobServices' existing = {
    name: 'default'

    resource definitions 'containers' existing = {
      name: names.definitions
    }
  }
}

resource sites 'Microsoft.Web/sites@2025-03-01' existing = [for name in siteNames: { name: name }]

resource onDefinitions 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(account::blobs::definitions.id, principalId, roles.storageBlobDataContributor)
  scope: account::blobs::definitions
  properties: {
    principalId: principalId
    principalType: principalType
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.storageBlobDataContributor)
  }
}

resource onSites 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (name, index) in siteNames: {
    name: guid(sites[index].id, principalId, roles.websiteContributor)
    scope: sites[index]
    properties: {
      principalId: principalId
      principalType: principalType
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.websiteContributor)
    }
  }
]

@description('The checks after a deployment ask whether an alert fired since.')
resource onGroup 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(resourceGroup().id, principalId, roles.monitoringReader)
  properties: {
    principalId: principalId
    principalType: principalType
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.monitoringReader)
  }
}
