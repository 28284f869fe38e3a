metadata description = 'A Durable Task Scheduler with the task hub of the app. It is reached with an identity only.'

import { tagValues } from 'types.bicep'

@description('Name of the scheduler.')
@minLength(3)
@maxLength(64)
param name string

@description('Name of the task hub.')
@minLength(3)
@maxLength(45)
param hubName string

@description('Region of the scheduler.')
param location string

@description('Tags of the scheduler.')
param tags tagValues

@description('Whether only its private endpoint leads to it.')
param isPrivate bool

@description('Days that histories of ended orchestrations are kept. Reports and undo do not need them: they are in the stores.')
@minValue(1)
@maxValue(90)
param historyDays int

resource scheduler 'Microsoft.DurableTask/schedulers@2026-02-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    sku: {
      name: 'Consumption'
    }
    publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
    // Required, and an empty list lets nobody in. Addresses of Flex Consumption change; who may connect is decided by roles.
    ipAllowlist: [
      '0.0.0.0/0'
    ]
  }

  resource hub 'taskHubs' = {
    name: hubName
  }

  resource retention 'retentionPolicies' = {
    name: 'default'
    properties: {
      retentionPolicies: [
        {
          retentionPeriodInDays: historyDays
        }
      ]
    }
  }
}

@description('Resource id of the scheduler.')
output id string = scheduler.id

@description('Where it is.')
output endpoint string = scheduler.properties.endpoint
