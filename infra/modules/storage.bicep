metadata description = 'The account of the program: runs, state, definitions, dropped files, and what the host keeps. It takes identities and no keys.'

import * as names from 'containers.bicep'
import { tagValues } from 'types.bicep'

@description('Name of the account.')
@minLength(3)
@maxLength(24)
param name string

@description('Region of the account.')
param location string

@description('Tags of the account.')
param tags tagValues

@description('How often data is kept: in one zone, in three, or in another region as well.')
@allowed([
  'Standard_LRS'
  'Standard_ZRS'
  'Standard_GZRS'
])
param redundancy string

@description('Names of containers that the task hub keeps here; none with the Durable Task Scheduler.')
param hubContainers string[]

@description('Whether only private endpoints, trusted services and the allowed addresses lead to it.')
param isPrivate bool

@description('Public addresses or ranges that are let in all the same.')
param allowedAddresses string[]

@description('Days that a run is kept after it was last read or written.')
@minValue(90)
param runRetentionDays int

@description('Days that versions of overwritten or deleted blobs are kept.')
@minValue(7)
param versionDays int

@description('Whether a lock keeps it from being deleted.')
param isLocked bool

@description('Resource id of the workspace that hears of what is deleted.')
param workspaceId string

@description('Whether the workspace hears of every read and write as well.')
param auditsAccess bool

var containers = concat([names.stores, names.definitions, names.exports, names.package, names.deadLetters], names.host, hubContainers)

resource account 'Microsoft.Storage/storageAccounts@2025-06-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: {
    name: redundancy
  }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: 'Enabled'
    networkAcls: {
      defaultAction: isPrivate ? 'Deny' : 'Allow'
      // Event Grid delivers as a trusted service.
      bypass: 'AzureServices'
      ipRules: [
        for address in allowedAddresses: {
          value: address
          action: 'Allow'
        }
      ]
    }
    encryption: {
      keySource: 'Microsoft.Storage'
      requireInfrastructureEncryption: true
    }
  }

  resource blobs 'blobServices' = {
    name: 'default'
    properties: {
      isVersioningEnabled: true
      deleteRetentionPolicy: {
        enabled: true
        days: 14
      }
      containerDeleteRetentionPolicy: {
        enabled: true
        days: 14
      }
      lastAccessTimeTrackingPolicy: {
        enable: true
        name: 'AccessTimeTracking'
        trackingGranularityInDays: 1
      }
    }

    resource container 'containers' = [
      for container in containers: {
        name: container
        properties: {
          publicAccess: 'None'
        }
      }
    ]
  }

  resource queues 'queueServices' = {
    name: 'default'

    resource arrivals 'queues' = {
      name: names.arrivals
    }

    resource poison 'queues' = {
      name: names.arrivalsPoison
    }
  }

  resource lifecycle 'managementPolicies' = {
    name: 'default'
    // A rule may depend on the time of last access only where that is tracked.
    dependsOn: [
      blobs
    ]
    properties: {
      policy: {
        rules: [
          // State points to artefacts of earlier runs, and every plan reads those: they are young by last access, however old the run.
          {
            name: 'runs-not-read-for-long'
            type: 'Lifecycle'
            enabled: true
            definition: {
              filters: {
                blobTypes: ['blockBlob']
                prefixMatch: ['${names.stores}/runs/']
              }
              actions: {
                baseBlob: {
                  delete: {
                    daysAfterLastAccessTimeGreaterThan: runRetentionDays
                  }
                }
              }
            }
          }
          // Journals, which only undo reads. Access to append blobs is not tracked.
          {
            name: 'journals'
            type: 'Lifecycle'
            enabled: true
            definition: {
              filters: {
                blobTypes: ['appendBlob']
                prefixMatch: ['${names.stores}/runs/']
              }
              actions: {
                baseBlob: {
                  delete: {
                    daysAfterModificationGreaterThan: runRetentionDays
                  }
                }
              }
            }
          }
          {
            name: 'index'
            type: 'Lifecycle'
            enabled: true
            definition: {
              filters: {
                blobTypes: ['blockBlob']
                prefixMatch: ['${names.stores}/index/']
              }
              actions: {
                baseBlob: {
                  delete: {
                    daysAfterModificationGreaterThan: runRetentionDays
                  }
                }
              }
            }
          }
          {
            name: 'undelivered-news'
            type: 'Lifecycle'
            enabled: true
            definition: {
              filters: {
                blobTypes: ['blockBlob', 'appendBlob']
                prefixMatch: ['${names.deadLetters}/']
              }
              actions: {
                baseBlob: {
                  delete: {
                    daysAfterModificationGreaterThan: 30
                  }
                }
              }
            }
          }
          // The package that runs is a blob of its own and has no age: only what it was before goes.
          {
            name: 'old-versions'
            type: 'Lifecycle'
            enabled: true
            definition: {
              filters: {
                blobTypes: ['blockBlob', 'appendBlob']
                prefixMatch: ['${names.stores}/', '${names.definitions}/', '${names.exports}/', '${names.package}/']
              }
              actions: {
                version: {
                  delete: {
                    daysAfterCreationGreaterThan: versionDays
                  }
                }
              }
            }
          }
          // The host writes down every tick of its timers.
          {
            name: 'old-versions-of-the-host'
            type: 'Lifecycle'
            enabled: true
            definition: {
              filters: {
                blobTypes: ['blockBlob']
                prefixMatch: ['${names.host[0]}/']
              }
              actions: {
                version: {
                  delete: {
                    daysAfterCreationGreaterThan: 1
                  }
                }
              }
            }
          }
        ]
      }
    }
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'audit'
  scope: account::blobs
  properties: {
    workspaceId: workspaceId
    logs: [
      for category in ['StorageDelete', 'StorageRead', 'StorageWrite']: {
        category: category
        enabled: auditsAccess || category == 'StorageDelete'
      }
    ]
  }
}

resource lock 'Microsoft.Authorization/locks@2020-05-01' = if (isLocked) {
  name: 'keep'
  scope: account
  properties: {
    level: 'CanNotDelete'
    notes: 'Holds what makes runs undoable, and the definitions.'
  }
}

@description('Resource id of the account.')
output id string = account.id
