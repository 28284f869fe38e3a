metadata description = 'Turns maps of parameters into application settings: functions without resources.'

import { apiKeys, apiRoles, connectionMap, pubSubSenders, settingMap, tunables } from 'types.bicep'

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

@description('A setting for each of several values: section__0, section__1 and so on.')
func numbered(section string, given string[]) settingMap =>
  reduce(range(0, length(given)), {}, (all, index) => union(all, { '${section}__${index}': given[index] }))

@export()
@description('Access__Roles for each role that somebody has.')
func accessSettings(given apiRoles) settingMap =>
  union(
    numbered('Access__Roles__Reader', given.?reader ?? []),
    numbered('Access__Roles__Operator', given.?operator ?? []),
    numbered('Access__Roles__Approver', given.?approver ?? [])
  )

@export()
@description('Access__PubSub where somebody pushes.')
func pubSubSettings(given pubSubSenders?) settingMap =>
  union(
    given == null ? {} : { Access__PubSub__Audience: given.?audience ?? '' },
    numbered('Access__PubSub__ServiceAccounts', given.?serviceAccounts ?? [])
  )

@export()
@description('What was given of the settings with defaults, as text.')
func tuningSettings(given tunables) settingMap => mapValues(given, value => string(value))
