metadata description = 'The workbook: how the syncs are, for whoever looks at them in the morning.'

@description('Region of the workbook.')
param location string

@description('Tags of all resources.')
param tags { *: string }

@description('Short name of the environment.')
param environmentName string

@description('Resource id of the Log Analytics workspace.')
param workspaceId string

@description('Resource id of the Application Insights resource, where the workbook is found.')
param applicationInsightsId string

@description('Address of the runbook.')
param runbookUri string

var workspaces = 'microsoft.operationalinsights/workspaces'

type item = {
  @description('1 is a text, 3 a query, 9 parameters.')
  type: 3

  name: string

  @description('Percent of the width.')
  customWidth: string

  content: {
    version: string
    title: string
    query: string
    size: int
    visualization: 'table' | 'piechart' | 'barchart' | 'linechart'
    timeContextFromParameter: string
    queryType: int
    resourceType: string
    crossComponentResources: string[]
    noDataMessage: string
    noDataMessageStyle: int
  }
}

@description('An item that shows what a query gives.')
func shown(
  name string,
  title string,
  query string,
  visualization 'table' | 'piechart' | 'barchart' | 'linechart',
  width string,
  workspaceId string
) item => {
  type: 3
  name: name
  customWidth: width
  content: {
    version: 'KqlItem/1.0'
    title: title
    query: query
    size: 1
    visualization: visualization
    timeContextFromParameter: 'TimeRange'
    queryType: 0
    resourceType: 'microsoft.operationalinsights/workspaces'
    crossComponentResources: [workspaceId]
    noDataMessage: 'Nothing in this time.'
    noDataMessageStyle: 3
  }
}

@description('The rows of the sync that is chosen; \'*\' stands for all.')
func ofSync(query string) string => '${query}| where "{Sync}" in ("*", Sync)\n'

var items = [
  {
    type: 1
    name: 'head'
    content: {
      json: '# AffinityDurable ${environmentName}\nIs everything well? Look at the first two tables: a sync is well when its last run succeeded and nothing is overdue, waiting or given up. What to do otherwise is in the [runbook](${runbookUri}); what an error code means is in the documentation beside it, on the page Error codes.'
    }
  }
  {
    type: 9
    name: 'parameters'
    content: {
      version: 'KqlParameterItem/1.0'
      style: 'pills'
      queryType: 0
      resourceType: workspaces
      crossComponentResources: [workspaceId]
      parameters: [
        {
          id: guid('affinity-durable', 'TimeRange')
          version: 'KqlParameterItem/1.0'
          name: 'TimeRange'
          label: 'Time range'
          type: 4
          isRequired: true
          value: { durationMs: 86400000 }
          typeSettings: {
            allowCustom: true
            selectableValues: map([14400000, 43200000, 86400000, 172800000, 604800000, 2592000000], length => { durationMs: length })
          }
        }
        {
          id: guid('affinity-durable', 'Sync')
          version: 'KqlParameterItem/1.0'
          name: 'Sync'
          label: 'Sync'
          type: 2
          isRequired: true
          query: loadTextContent('../../monitoring/queries/syncs.kql')
          queryType: 0
          resourceType: workspaces
          crossComponentResources: [workspaceId]
          timeContextFromParameter: 'TimeRange'
          value: '*'
          typeSettings: { showDefault: false }
        }
      ]
    }
  }
  shown(
    'last-runs',
    'The last run of each sync',
    ofSync(loadTextContent('../../monitoring/queries/last-runs.kql')),
    'table',
    '50',
    workspaceId
  )
  shown(
    'vital-signs',
    'Since the last good run, and what waits for somebody',
    ofSync(loadTextContent('../../monitoring/queries/vital-signs.kql')),
    'table',
    '50',
    workspaceId
  )
  shown('night', 'Runs', ofSync(loadTextContent('../../monitoring/queries/night.kql')), 'table', '100', workspaceId)
  shown(
    'runs-by-outcome',
    'Runs by outcome',
    '${ofSync(loadTextContent('../../monitoring/queries/runs-by-outcome.kql'))}| summarize Runs = sum(Runs) by Outcome\n',
    'piechart',
    '33',
    workspaceId
  )
  shown(
    'written',
    'Entries and fields written by day',
    '${ofSync(loadTextContent('../../monitoring/queries/written.kql'))}| summarize Entries = sum(Entries), Fields = sum(Fields) by Day\n',
    'barchart',
    '33',
    workspaceId
  )
  shown('rejects', 'Rejects by code', ofSync(loadTextContent('../../monitoring/queries/rejects.kql')), 'table', '34', workspaceId)
  shown(
    'durations',
    'How long runs take, in minutes',
    ofSync(loadTextContent('../../monitoring/queries/durations.kql')),
    'table',
    '50',
    workspaceId
  )
  shown('waits', 'What runs waited for', ofSync(loadTextContent('../../monitoring/queries/waits.kql')), 'table', '50', workspaceId)
  { type: 1, name: 'calls-head', content: { json: '## Calls of the Affinity API' } }
  shown('month-quota', 'The month', loadTextContent('../../monitoring/queries/month-quota.kql'), 'table', '25', workspaceId)
  shown(
    'quota-use',
    'Use of the minute window and of the month, in percent',
    loadTextContent('../../monitoring/queries/quota-use.kql'),
    'linechart',
    '40',
    workspaceId
  )
  shown('calls-by-hour', 'Calls by hour', loadTextContent('../../monitoring/queries/calls-by-hour.kql'), 'barchart', '35', workspaceId)
  shown('calls', 'Calls by endpoint and status', loadTextContent('../../monitoring/queries/calls.kql'), 'table', '50', workspaceId)
  shown('failed-calls', 'Calls that failed', loadTextContent('../../monitoring/queries/failed-calls.kql'), 'table', '50', workspaceId)
  { type: 1, name: 'events-head', content: { json: '## What else happened' } }
  shown('missed', 'Missed occurrences', ofSync(loadTextContent('../../monitoring/queries/missed.kql')), 'table', '33', workspaceId)
  shown(
    'deliveries',
    'Webhook deliveries, and files nobody waits for',
    loadTextContent('../../monitoring/queries/deliveries.kql'),
    'table',
    '33',
    workspaceId
  )
  shown('callers', 'Who called the API', loadTextContent('../../monitoring/queries/callers.kql'), 'table', '34', workspaceId)
  shown('warnings', 'Warnings and errors', loadTextContent('../../monitoring/queries/warnings.kql'), 'table', '100', workspaceId)
]

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(resourceGroup().id, 'affinity-durable', environmentName)
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: 'AffinityDurable ${environmentName}'
    category: 'workbook'
    sourceId: applicationInsightsId
    version: '1.0'
    serializedData: string({ version: 'Notebook/1.0', items: items, fallbackResourceIds: [workspaceId], isLocked: false })
  }
}
