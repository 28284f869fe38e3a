metadata description = 'Tells the app of files that were dropped: Event Grid writes into its queue, with an identity of its own.'

import * as names from 'containers.bicep'
import { roles } from 'roles.bicep'
import { tagValues } from 'types.bicep'

@description('Name of the system topic.')
@minLength(3)
@maxLength(50)
param name string

@description('Region of the storage account.')
param location string

@description('Tags of the topic.')
param tags tagValues

@description('Name of the storage account.')
param storageName string

resource account 'Microsoft.Storage/storageAccounts@2025-06-01' existing = {
  name: storageName

  resource blobs 'blobServices' existing = {
    name: 'default'

    resource deadLetters 'containers' existing = {
      name: names.deadLetters
    }
  }

  resource queues 'queueServices' existing = {
    name: 'default'

    resource arrivals 'queues' existing = {
      name: names.arrivals
    }
  }
}

// System-assigned: behind a firewall of the account a user-assigned identity is not let in as a trusted service.
resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' = {
  name: name
  location: location
  tags: tags
  identity: {
    type: 'SystemAssigned'
  }
  properties: {
    source: account.id
    topicType: 'Microsoft.Storage.StorageAccounts'
  }
}

resource topicOnQueue 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(account::queues::arrivals.id, topic.id, roles.storageQueueDataMessageSender)
  scope: account::queues::arrivals
  properties: {
    principalId: topic.identity.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.storageQueueDataMessageSender)
  }
}

resource topicOnDeadLetters 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(account::blobs::deadLetters.id, topic.id, roles.storageBlobDataContributor)
  scope: account::blobs::deadLetters
  properties: {
    principalId: topic.identity.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.storageBlobDataContributor)
  }
}

resource subscription 'Microsoft.EventGrid/systemTopics/eventSubscriptions@2025-02-15' = {
  parent: topic
  name: 'exports'
  dependsOn: [
    topicOnQueue
    topicOnDeadLetters
  ]
  properties: {
    eventDeliverySchema: 'EventGridSchema'
    filter: {
      includedEventTypes: ['Microsoft.Storage.BlobCreated']
      subjectBeginsWith: '/blobServices/default/containers/${names.exports}/'
      // The operations after which a blob is whole: others tell of one that is still being written.
      advancedFilters: [
        {
          operatorType: 'StringIn'
          key: 'data.api'
          values: ['CopyBlob', 'FlushWithClose', 'PutBlob', 'PutBlockList']
        }
      ]
    }
    deliveryWithResourceIdentity: {
      identity: {
        type: 'SystemAssigned'
      }
      destination: {
        endpointType: 'StorageQueue'
        properties: {
          resourceId: account.id
          queueName: names.arrivals
          queueMessageTimeToLiveInSeconds: 604800
        }
      }
    }
    retryPolicy: {
      maxDeliveryAttempts: 30
      eventTimeToLiveInMinutes: 1440
    }
    deadLetterWithResourceIdentity: {
      identity: {
        type: 'SystemAssigned'
      }
      deadLetterDestination: {
        endpointType: 'StorageBlob'
        properties: {
          resourceId: account.id
          blobContainerName: names.deadLetters
        }
      }
    }
  }
}
