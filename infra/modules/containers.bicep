metadata description = 'Names of containers and queues, in one place: storage makes them, access gives roles on them.'

@export()
@description('Runs and state of the program.')
var stores = 'affinity-durable'

@export()
@description('Definitions, which only a publisher writes.')
var definitions = 'affinity-durable-syncs'

@export()
@description('Where others drop files.')
var exports = 'exports'

@export()
@description('The package that Flex Consumption runs.')
var package = 'app-package'

@export()
@description('News of files that could not be delivered.')
var deadLetters = 'arrivals-dead-letters'

@export()
@description('The Functions host: locks, timers and keys of its own.')
var host = ['azure-webjobs-hosts', 'azure-webjobs-secrets']

@export()
@description('What the task hub keeps in containers when the Azure Storage provider has it.')
func hubContainers(hubName string) string[] => map(['applease', 'leases', 'largemessages'], part => toLower('${hubName}-${part}'))

@export()
@description('News of files that have arrived.')
var arrivals = 'arrivals'

@export()
@description('Where the host puts messages that failed five times; the name is its own.')
var arrivalsPoison = 'arrivals-poison'
