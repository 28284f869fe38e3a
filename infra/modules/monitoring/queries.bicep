metadata description = 'Saved queries: a query pack that shows up in Log Analytics.'

@description('Region of the query pack.')
param location string

@description('Tags of all resources.')
param tags { *: string }

@description('Short name of the environment.')
param environmentName string

var queries = [
  { name: 'night', title: 'What did the night do', body: loadTextContent('../../monitoring/queries/night.kql') }
  { name: 'run-steps', title: 'One run, step by step', body: loadTextContent('../../monitoring/queries/run-steps.kql') }
  { name: 'last-runs', title: 'The last run of each sync', body: loadTextContent('../../monitoring/queries/last-runs.kql') }
  { name: 'vital-signs', title: 'How each sync is now', body: loadTextContent('../../monitoring/queries/vital-signs.kql') }
  { name: 'missed', title: 'Missed occurrences', body: loadTextContent('../../monitoring/queries/missed.kql') }
  { name: 'rejects', title: 'Rejects by code', body: loadTextContent('../../monitoring/queries/rejects.kql') }
  { name: 'calls', title: 'Calls by endpoint and status', body: loadTextContent('../../monitoring/queries/calls.kql') }
  { name: 'failed-calls', title: 'Failed calls and their runs', body: loadTextContent('../../monitoring/queries/failed-calls.kql') }
  { name: 'refused-calls', title: 'Endpoints that refuse the key', body: loadTextContent('../../monitoring/queries/refused-calls.kql') }
  { name: 'month-quota', title: 'The month\'s calls', body: loadTextContent('../../monitoring/queries/month-quota.kql') }
  { name: 'waits', title: 'What runs waited for', body: loadTextContent('../../monitoring/queries/waits.kql') }
  { name: 'durations', title: 'How long runs take', body: loadTextContent('../../monitoring/queries/durations.kql') }
  { name: 'slowest-steps', title: 'The slowest steps', body: loadTextContent('../../monitoring/queries/slowest-steps.kql') }
  { name: 'sources', title: 'What sources delivered', body: loadTextContent('../../monitoring/queries/sources.kql') }
  { name: 'deliveries', title: 'Webhook deliveries and files', body: loadTextContent('../../monitoring/queries/deliveries.kql') }
  {
    name: 'arrivals-given-up'
    title: 'News of files that was given up'
    body: loadTextContent('../../monitoring/queries/arrivals-given-up.kql')
  }
  { name: 'callers', title: 'Who called the API', body: loadTextContent('../../monitoring/queries/callers.kql') }
  { name: 'warnings', title: 'Warnings and errors by event', body: loadTextContent('../../monitoring/queries/warnings.kql') }
]

resource pack 'Microsoft.OperationalInsights/queryPacks@2023-09-01' = {
  name: 'qp-affinity-durable-${environmentName}'
  location: location
  tags: tags
  properties: {}
}

resource saved 'Microsoft.OperationalInsights/queryPacks/queries@2023-09-01' = [
  for query in queries: {
    parent: pack
    name: guid(pack.id, query.name)
    properties: {
      displayName: query.title
      description: substring(query.body, 3, indexOf(query.body, '\n') - 3)
      body: query.body
      related: { categories: ['applications'], resourceTypes: ['microsoft.operationalinsights/workspaces'] }
      tags: { product: ['AffinityDurable'] }
    }
  }
]
