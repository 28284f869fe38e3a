metadata description = 'Turns maps of parameters into application settings: functions without resources.'

import { apiKeys, apiRoles, connectionMap, settingMap, tunables } from 'types.bicep'

@description('Keys of connections that are secrets: the program takes them from the vault.')
var secretKeys = [
  'ApiKey'
  'ClientSecret'
  'ConnectionString'
  'OAuthToken'
  'Password'
  'PrivateKey'
  'PrivateKeyPassphrase'
  'SecretAccessKey'
  'SessionToken'
  'Token'
]

@description('The names of those that stand in a map of connections, as secrets are named in the vault.')
func secretsIn(given connectionMap) string[] =>
  flatten(map(
    items(given),
    one =>
      map(
        filter(objectKeys(one.value), key => contains(map(secretKeys, secret => toLower(secret)), toLower(key))),
        key => 'Connections--${one.key}--${key}'
      )
  ))

@export()
@description('Connections__name__key for every key of every connection. Refuses secrets: deployments keep their parameters in plain text.')
func connectionSettings(given connectionMap) settingMap =>
  empty(secretsIn(given))
    ? reduce(
        items(given),
        {},
        (all, one) => union(all, toObject(items(one.value), key => 'Connections__${one.key}__${key.key}', key => key.value))
      )
    : fail('Secrets do not belong into parameters. Put into the vault instead: ${join(secretsIn(given), ', ')}')

@export()
@description('Access__Keys__name__Hash and __Role for every key of the HTTP API.')
func keySettings(given apiKeys) settingMap =>
  reduce(
    items(given),
    {},
    (all, one) => union(all, { 'Access__Keys__${one.key}__Hash': one.value.hash, 'Access__Keys__${one.key}__Role': one.value.role })
  )

@description('Access__Roles__name__0, __1 and so on.')
func roleSettings(name string, given string[]) settingMap =>
  reduce(range(0, length(given)), {}, (all, index) => union(all, { 'Access__Roles__${name}__${index}': given[index] }))

@export()
@description('Access__Roles for each role that somebody has.')
func accessSettings(given apiRoles) settingMap =>
  union(
    roleSettings('Reader', given.?reader ?? []),
    roleSettings('Operator', given.?operator ?? []),
    roleSettings('Approver', given.?approver ?? [])
  )

@export()
@description('What was given of the settings with defaults, as text.')
func tuningSettings(given tunables) settingMap => mapValues(given, value => string(value))
