metadata description = 'The function app on its Flex Consumption plan, with all of its settings and who is asked to sign in.'

import * as names from 'containers.bicep'
import { accessSettings, connectionSettings, keySettings, pubSubSettings, tuningSettings } from 'settings.bicep'
import { apiKeys, apiRoles, backend, connectionMap, entraRegistration, pubSubSenders, settingMap, tagValues, tunables } from 'types.bicep'

@description('Name of the app.')
@minLength(2)
@maxLength(60)
param name string

@description('Name of the plan.')
@minLength(1)
@maxLength(60)
param planName string

@description('Region of both.')
param location string

@description('Tags of both.')
param tags tagValues

@description('Short name of the environment: the overlay of definitions that holds.')
param environmentName string

@description('Resource id of the identity of the app.')
param identityId string

@description('Client id of that identity.')
param identityClientId string

@description('Name of the storage account.')
param storageName string

@description('Address of the vault.')
param vaultUri string

@description('Connection string of Application Insights, which holds no secret.')
param applicationInsightsConnectionString string

@description('Where the Durable Task histories are kept.')
param durableBackend backend

@description('Address of the scheduler; empty without one.')
param schedulerEndpoint string

@description('Name of the task hub.')
@minLength(3)
@maxLength(45)
param hubName string

@description('Resource id of the subnet that the app calls from; null without private networking.')
param subnetId string?

@description('Public ranges that may call the app, in CIDR notation; none lets everybody ask, and the app decide.')
param allowedCallers string[]

@description('Memory of an instance.')
@allowed([
  512
  2048
  4096
])
param instanceMemoryMB int

@description('Most instances. The platform does not see the task hub of a scheduler when it scales, and more would wait for the same Affinity minute.')
@minValue(1)
@maxValue(3)
param maximumInstanceCount int

@description('Whether anything is written to Affinity.')
param writesEnabled bool

@description('Whether the app talks to a simulated Affinity.')
param isSimulated bool

@description('Address of the simulated Affinity; empty without one.')
param simulatorAddress string

@description('App registration that people sign in with; null admits keys only.')
param entra entraRegistration?

@description('Who is what in the HTTP API.')
param roles apiRoles

@description('Keys of the HTTP API.')
param keys apiKeys

@description('Push subscriptions of Google Pub/Sub that may tell of files; null for none.')
param pubSub pubSubSenders?

@description('Settings of connections that are no secrets.')
param connections connectionMap

@description('Settings with good defaults.')
param tuning tunables

var blobs = 'https://${storageName}.blob.${environment().suffixes.storage}'
var queues = 'https://${storageName}.queue.${environment().suffixes.storage}'

var hostSettings settingMap = {
  AzureWebJobsStorage__accountName: storageName
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: identityClientId
  ArrivalsStorage__queueServiceUri: queues
  ArrivalsStorage__credential: 'managedidentity'
  ArrivalsStorage__clientId: identityClientId
  APPLICATIONINSIGHTS_CONNECTION_STRING: applicationInsightsConnectionString
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'Authorization=AAD;ClientId=${identityClientId}'
  AZURE_CLIENT_ID: identityClientId
  TASKHUB_NAME: hubName
}

var schedulerSettings settingMap = durableBackend == 'DurableTaskScheduler'
  ? {
      AzureFunctionsJobHost__extensions__durableTask__storageProvider__type: 'azureManaged'
      AzureFunctionsJobHost__extensions__durableTask__storageProvider__connectionStringName: 'DURABLE_TASK_SCHEDULER_CONNECTION_STRING'
      DURABLE_TASK_SCHEDULER_CONNECTION_STRING: 'Endpoint=${schedulerEndpoint};Authentication=ManagedIdentity;ClientID=${identityClientId}'
    }
  : {}

var programSettings settingMap = {
  Environment__Name: environmentName
  Stores__BlobUri: '${blobs}/${names.stores}'
  Definitions__BlobUri: '${blobs}/${names.definitions}'
  KeyVault__Uri: vaultUri
  Arrivals__Queue: names.arrivals
  Writes__Enabled: toLower(string(writesEnabled))
  Access__Entra__Enabled: toLower(string(entra != null))
  // Said here because secrets of the vault are settings too, and these go before them: no secret sends the key elsewhere or opens the API.
  Access__TrustLoopback: 'false'
  Affinity__BaseAddress: isSimulated ? simulatorAddress : 'https://api.affinity.co'
}

var tenantSettings settingMap = entra == null ? {} : { Access__Entra__TenantId: entra!.tenantId }

var settings = union(
  tuningSettings(tuning),
  connectionSettings(connections),
  keySettings(keys),
  accessSettings(roles),
  pubSubSettings(pubSub),
  tenantSettings,
  schedulerSettings,
  programSettings,
  hostSettings
)

// Keys and tokens of Pub/Sub come without a sign-in: with them the app alone decides, on any path. Without, nothing unsigned reaches it.
var everybodySignsIn = empty(keys) && pubSub == null

resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: {
    tier: 'FlexConsumption'
    name: 'FC1'
  }
  properties: {
    reserved: true
  }
}

resource app 'Microsoft.Web/sites@2025-03-01' = {
  name: name
  location: location
  tags: tags
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    clientAffinityEnabled: false
    // Affinity's webhook and senders of rows come from the internet.
    publicNetworkAccess: 'Enabled'
    virtualNetworkSubnetId: subnetId
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${blobs}/${names.package}'
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
      runtime: {
        name: 'dotnet-isolated'
        version: '10.0'
      }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
        // Timers tick every five minutes: without this a run would begin with a cold start all the same after each update of the platform.
        alwaysReady: [
          {
            name: 'durable'
            instanceCount: 1
          }
        ]
      }
    }
    siteConfig: {
      ftpsState: 'Disabled'
      http20Enabled: true
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      remoteDebuggingEnabled: false
      ipSecurityRestrictionsDefaultAction: empty(allowedCallers) ? 'Allow' : 'Deny'
      ipSecurityRestrictions: [
        for (range, index) in allowedCallers: {
          name: 'caller-${index}'
          priority: 100 + index
          action: 'Allow'
          ipAddress: range
        }
      ]
      appSettings: map(items(settings), setting => { name: setting.key, value: setting.value })
    }
  }

  resource ftp 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: {
      allow: false
    }
  }

  resource scm 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: {
      allow: false
    }
  }

  resource authentication 'config' = if (entra != null) {
    name: 'authsettingsV2'
    properties: {
      platform: {
        enabled: true
      }
      globalValidation: {
        requireAuthentication: everybodySignsIn
        unauthenticatedClientAction: everybodySignsIn ? 'Return401' : 'AllowAnonymous'
        // Affinity and a platform's probe cannot sign in.
        excludedPaths: ['/api/webhooks/*', '/api/health', '/api/health/*']
      }
      httpSettings: {
        requireHttps: true
      }
      identityProviders: {
        azureActiveDirectory: {
          enabled: true
          registration: {
            clientId: entra.?clientId
            openIdIssuer: '${environment().authentication.loginEndpoint}${entra.?tenantId}/v2.0'
          }
          validation: {
            allowedAudiences: [entra.?clientId ?? '', 'api://${entra.?clientId}']
          }
        }
      }
      login: {
        // Tokens are of no use to the app.
        tokenStore: {
          enabled: false
        }
      }
    }
  }
}

@description('Address of the app.')
output uri string = 'https://${app.properties.defaultHostName}'
