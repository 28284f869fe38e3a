metadata description = 'Alerts, workbook and saved queries over what the app tells.'

import { tagValues } from 'types.bicep'

@description('Region of the resources.')
param location string

@description('Tags of all resources.')
param tags tagValues

@description('Short name of the environment, such as dev or prod.')
param environmentName string

@description('Resource id of the Log Analytics workspace.')
param workspaceId string

@description('Resource id of the Application Insights resource.')
param applicationInsightsId string

@description('Who gets mail when an alert fires.')
param alertEmails string[]

@description('Address of the runbook; each alert adds the section it is about.')
param runbookUri string

@description('For how many hours a schedule may wait for a good run: 2 means that the last good run of a nightly sync is 26 hours old. Longer than the longest run.')
@minValue(1)
param overdueHours int = 2

@description('From which share of the month\'s calls on there is an alert, in percent. It has to leave time to ask for more, or to run less often.')
@minValue(1)
@maxValue(99)
param monthUsePercent int = 80

@description('For how long nothing may be heard of the host. The timer ticks every five minutes, and what it tells can take some minutes to arrive.')
@allowed(['PT15M', 'PT30M', 'PT45M', 'PT1H'])
param silence string = 'PT30M'

resource actionGroup 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'ag-affinity-durable-${environmentName}'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'afd-${environmentName}'
    enabled: true
    emailReceivers: [
      for (address, index) in alertEmails: {
        name: 'mail-${index}'
        emailAddress: address
        useCommonAlertSchema: true
      }
    ]
  }
}

module alerts 'monitoring/alerts.bicep' = {
  name: 'alerts'
  params: {
    location: location
    tags: tags
    environmentName: environmentName
    workspaceId: workspaceId
    actionGroupId: actionGroup.id
    runbookUri: runbookUri
    overdueHours: overdueHours
    monthUsePercent: monthUsePercent
    silence: silence
  }
}

module queries 'monitoring/queries.bicep' = {
  name: 'queries'
  params: { location: location, tags: tags, environmentName: environmentName }
}

module workbook 'monitoring/workbook.bicep' = {
  name: 'workbook'
  params: {
    location: location
    tags: tags
    environmentName: environmentName
    workspaceId: workspaceId
    applicationInsightsId: applicationInsightsId
    runbookUri: runbookUri
  }
}

output actionGroupId string = actionGroup.id
