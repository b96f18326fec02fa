import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'ava'
import { complaintsOf, folder, load, nowhere } from './sources.ts'

test('the file may be elsewhere, by flag or by variable', (t) => {
  const cwd = folder('region: here')
  writeFileSync(join(cwd, 'other.yaml'), 'region: there')
  t.is(load({ cwd, flags: { config: 'other.yaml' } }).config.region, 'there')
  t.is(load({ cwd, env: { PIPIT_CONFIG: join(cwd, 'other.yaml') } }).config.region, 'there')
})

test('a folder in place of the file is a complaint, not a crash', (t) => {
  t.regex(complaintsOf({ flags: { config: '.' } })[0] ?? '', /^\. cannot be read: EISDIR/)
})

test('a file that was asked for and is not there is a complaint that says who asked', (t) => {
  t.deepEqual(complaintsOf({ flags: { config: 'no.yaml' } }), [`no.yaml (from --config) does not exist in ${nowhere}`])
  t.deepEqual(complaintsOf({ env: { PIPIT_CONFIG: 'no.yaml' } }), [
    `no.yaml (from PIPIT_CONFIG) does not exist in ${nowhere}`,
  ])
})

test('the flag wins over the variable', (t) => {
  const cwd = folder()
  writeFileSync(join(cwd, 'flag.yaml'), 'region: flag')
  t.is(load({ cwd, flags: { config: 'flag.yaml' }, env: { PIPIT_CONFIG: 'no.yaml' } }).config.region, 'flag')
})

test('complaints name the file as it was asked for', (t) => {
  const cwd = folder()
  writeFileSync(join(cwd, 'ci.yaml'), 'port: x')
  t.deepEqual(complaintsOf({ cwd, flags: { config: './ci.yaml' } }), [
    './ci.yaml:1:7 port: expected a port from 0 to 65535, got "x"',
  ])
})

test('an empty file says nothing, and so do comments and empty sections', (t) => {
  t.is(load({ cwd: folder('') }).config.region, 'us-east-1')
  t.is(load({ cwd: folder('# region: x\n') }).config.region, 'us-east-1')
  t.is(load({ cwd: folder('log:\nservices:\n  sqs:\n    queues:\n') }).config.log.level, 'info')
})

test('something huge is not read', (t) => {
  const cwd = folder('#'.repeat(4 * 1024 * 1024 + 1))
  t.deepEqual(complaintsOf({ cwd }), ['pipit.yaml is larger than 4194304 bytes: is it a config file?'])
})
