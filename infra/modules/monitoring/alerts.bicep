metadata description = 'Alert rules over what the app tells. Each is a state: it fires once when the state begins, and resolves when it ends.'

@description('Region of the rules: that of the workspace.')
param location string

@description('Tags of all resources.')
param tags { *: string }

@description('Short name of the environment.')
param environmentName string

@description('Resource id of the Log Analytics workspace.')
param workspaceId string

@description('Who is told.')
param actionGroupId string

@description('Address of the runbook; each alert adds the section it is about.')
param runbookUri string

@description('For how many hours a schedule may wait for a good run.')
param overdueHours int

@description('From which share of the month\'s calls on there is an alert, in percent.')
param monthUsePercent int

@description('For how long nothing may be heard of the host: PT15M, PT30M, PT45M or PT1H. The timer ticks every five minutes.')
param silence string

var lastRuns = loadTextContent('../../monitoring/queries/last-runs.kql')
var vitalSigns = loadTextContent('../../monitoring/queries/vital-signs.kql')

type rule = {
  @description('Ends the name of the resource.')
  name: string

  title: string
  description: string

  @description('Section of the runbook.')
  section: string

  severity: 1 | 2 | 3
  query: string
  evaluationFrequency: string?
  windowSize: string

  @description('Columns of the query\'s result; each of their values has a state of its own.')
  splitBy: string[]

  @description('The column that is compared with the threshold; without it, rows are counted.')
  measure: string?

  operator: 'GreaterThan' | 'LessThan'?
  threshold: int?
}

// Severities: 1 for values in Affinity that get old while nobody does anything, 2 for what a person has to look at by day,
// 3 for what is as it should be and yet waits for somebody. None is 0: no night's sync is worth waking anybody.
var alerts rule[] = [
  {
    name: 'run-failed'
    title: 'A run failed'
    description: 'The last run of the sync failed; what it had not written yet is still old.'
    section: 'a-run-failed'
    severity: 1
    query: '${lastRuns}| where Outcome == "Failed"\n'
    windowSize: 'P2D'
    splitBy: ['Sync', 'Scope']
  }
  {
    name: 'run-blocked'
    title: 'A run is blocked'
    description: 'A guard stopped the last run of the sync before its first write: what the source delivers looks wrong.'
    section: 'a-run-is-blocked'
    severity: 2
    query: '${lastRuns}| where Outcome == "Blocked"\n'
    windowSize: 'P2D'
    splitBy: ['Sync', 'Scope']
  }
  {
    name: 'run-partial'
    title: 'A run is partial'
    description: 'The last run of the sync left something out: rejects, ambiguous rows, drift, or calls that were not there.'
    section: 'a-run-is-partial'
    severity: 3
    query: '${lastRuns}| where Outcome == "Partial"\n'
    windowSize: 'P2D'
    splitBy: ['Sync', 'Scope']
  }
  {
    name: 'no-good-run'
    title: 'No good run'
    description: 'The schedule of the sync has waited for a good run for more than ${overdueHours} hours; of a nightly sync, the last good run is ${24 + overdueHours} hours old.'
    section: 'no-good-run'
    severity: 1
    query: vitalSigns
    windowSize: 'PT30M'
    splitBy: ['Sync']
    measure: 'HoursOverdue'
    threshold: overdueHours
  }
  {
    name: 'no-signal'
    title: 'Nothing is heard of the host'
    description: 'The timer ticks every five minutes and tells so; nothing has come. The host is down, cannot read its stores, or cannot reach Application Insights.'
    section: 'no-good-run'
    severity: 1
    query: loadTextContent('../../monitoring/queries/signals.kql')
    windowSize: silence
    splitBy: []
    measure: 'Signals'
    operator: 'LessThan'
    threshold: 1
  }
  {
    name: 'quota'
    title: 'The month\'s calls run out'
    description: 'More than ${monthUsePercent} % of the account\'s calls of this month are used, by this program or by others.'
    section: 'the-quota-runs-out'
    severity: 2
    query: loadTextContent('../../monitoring/queries/month-quota.kql')
    evaluationFrequency: 'PT15M'
    windowSize: 'P1D'
    splitBy: []
    measure: 'UsedPercent'
    threshold: monthUsePercent
  }
  {
    name: 'key-refused'
    title: 'Affinity refuses the key'
    description: 'Affinity answers 401 or 403: the key was revoked or expired, or its user lost a permission.'
    section: 'affinity-refuses-the-key'
    severity: 1
    query: loadTextContent('../../monitoring/queries/refused-calls.kql')
    windowSize: 'P1D'
    splitBy: []
  }
  {
    name: 'approval-waits'
    title: 'An approval waits'
    description: 'A plan of the sync waits for somebody to approve or decline it.'
    section: 'an-approval-waits'
    severity: 3
    query: vitalSigns
    windowSize: 'PT30M'
    splitBy: ['Sync']
    measure: 'ApprovalsWaiting'
    threshold: 0
  }
  {
    name: 'run-missed'
    title: 'A run was missed'
    description: 'An occurrence of the schedule of the sync came to no run within the last day.'
    section: 'a-run-was-missed'
    severity: 2
    query: loadTextContent('../../monitoring/queries/missed.kql')
    evaluationFrequency: 'PT15M'
    windowSize: 'P1D'
    splitBy: ['Sync']
  }
  {
    name: 'work-given-up'
    title: 'Pending work was given up'
    description: 'Deliveries, pushed rows or files that came to the sync were tried several times and are kept apart.'
    section: 'pending-work-was-given-up'
    severity: 2
    query: vitalSigns
    windowSize: 'PT30M'
    splitBy: ['Sync']
    measure: 'WorkGivenUp'
    threshold: 0
  }
  {
    name: 'arrivals-given-up'
    title: 'News of a file was given up'
    description: 'A message about a dropped file failed five times within the last day; it is in the queue for poison, and no sync knows of the file.'
    section: 'pending-work-was-given-up'
    severity: 2
    query: loadTextContent('../../monitoring/queries/arrivals-given-up.kql')
    evaluationFrequency: 'PT15M'
    windowSize: 'P1D'
    splitBy: []
  }
  {
    name: 'definition-problems'
    title: 'A definition has problems'
    description: 'The sync is not scheduled, because its definition has problems; `affinity-durable validate` names them.'
    section: 'no-good-run'
    severity: 1
    query: vitalSigns
    windowSize: 'PT30M'
    splitBy: ['Sync']
    measure: 'DefinitionProblems'
    threshold: 0
  }
]

resource rules 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for alert in alerts: {
    name: 'alert-affinity-durable-${environmentName}-${alert.name}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: '${alert.title} (AffinityDurable ${environmentName})'
      description: '${alert.description} Runbook: ${runbookUri}#${alert.section}'
      severity: alert.severity
      enabled: true
      scopes: [workspaceId]
      evaluationFrequency: alert.?evaluationFrequency ?? 'PT5M'
      windowSize: alert.windowSize
      autoMitigate: true
      // A new workspace may not know its tables yet; the queries are checked by tests.
      skipQueryValidation: true
      criteria: {
        allOf: [
          {
            query: alert.query
            timeAggregation: contains(alert, 'measure') ? 'Maximum' : 'Count'
            metricMeasureColumn: alert.?measure
            dimensions: map(alert.splitBy, column => { name: column, operator: 'Include', values: ['*'] })
            operator: alert.?operator ?? 'GreaterThan'
            threshold: alert.?threshold ?? 0
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      actions: {
        actionGroups: [actionGroupId]
        customProperties: {
          Environment: environmentName
          Runbook: '${runbookUri}#${alert.section}'
        }
      }
    }
  }
]
