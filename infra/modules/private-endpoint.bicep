metadata description = 'A private address for one service in the network, and the zone that makes its name lead there.'

import { tagValues } from 'types.bicep'

@description('Name of the endpoint.')
@minLength(2)
@maxLength(64)
param name string

@description('Region of the network.')
param location string

@description('Tags of all resources.')
param tags tagValues

@description('Resource id of the service.')
param serviceId string

@description('Which of its parts: blob, queue, table, vault or scheduler.')
@minLength(4)
param part string

@description('Private DNS zone that names of the service resolve in.')
@minLength(1)
@maxLength(63)
param zoneName string

@description('Resource id of the network.')
param networkId string

@description('Resource id of the subnet that gets the address.')
param subnetId string

resource zone 'Microsoft.Network/privateDnsZones@2024-06-01' = {
  name: zoneName
  location: 'global'
  tags: tags

  resource link 'virtualNetworkLinks' = {
    name: 'network'
    location: 'global'
    tags: tags
    properties: {
      registrationEnabled: false
      virtualNetwork: {
        id: networkId
      }
    }
  }
}

resource endpoint 'Microsoft.Network/privateEndpoints@2025-05-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    customNetworkInterfaceName: 'nic-${name}'
    subnet: {
      id: subnetId
    }
    privateLinkServiceConnections: [
      {
        name: part
        properties: {
          privateLinkServiceId: serviceId
          groupIds: [
            part
          ]
        }
      }
    ]
  }

  resource records 'privateDnsZoneGroups' = {
    name: 'default'
    properties: {
      privateDnsZoneConfigs: [
        {
          name: part
          properties: {
            privateDnsZoneId: zone.id
          }
        }
      ]
    }
  }
}
