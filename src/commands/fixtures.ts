import { writeFileSync } from 'node:fs'
import type { ArgumentsCamelCase, Argv, CommandModule } from 'yargs'
import { processEnvironment } from '../config/process-environment.ts'
import { loadConfig } from '../config.ts'
import { PipitError } from '../core/errors.ts'
import type { Service } from '../core/service.ts'
import { compareFixtures } from '../fixtures/compare-fixtures.ts'
import type { Entry } from '../fixtures/entry.ts'
import { harOf } from '../fixtures/har.ts'
import { learn, learntYaml } from '../fixtures/learn.ts'
import { lintFixture } from '../fixtures/lint-fixture.ts'
import { recover } from '../fixtures/recording.ts'
import { showEntry } from '../fixtures/shown-entry.ts'
import { Store } from '../fixtures/store.ts'
import { serviceTable } from '../routes.ts'
import { version } from '../version.ts'
import { entryLines } from './fixtures-table.ts'

interface FixtureFlags {
  readonly config?: string | undefined
  readonly fixtures?: string | undefined
  readonly json?: boolean | undefined
}
type Given<T = object> = ArgumentsCamelCase<FixtureFlags & T>

function withFolder<T>(yargs: Argv<T>): Argv<T & FixtureFlags> {
  return yargs
    .option('config', { type: 'string', requiresArg: true, describe: 'config file that names the folder' })
    .option('fixtures', { type: 'string', requiresArg: true, describe: 'the folder [PIPIT_FIXTURES; ./fixtures]' })
    .option('json', { type: 'boolean', describe: 'print what there is to say for machines' })
}

const nameOption = { type: 'string', demandOption: true, describe: 'like orders/checkout' } as const

function open({ config: file, fixtures }: FixtureFlags): {
  readonly store: Store
  readonly services: readonly Service[]
} {
  const flags = { ...(file !== undefined && { config: file }), ...(fixtures !== undefined && { fixtures }) }
  const { config } = loadConfig({ flags, env: processEnvironment(), cwd: process.cwd() })
  return { store: new Store(config.fixtures), services: serviceTable(config) }
}

function print({ json }: FixtureFlags, value: unknown, lines: readonly string[]): void {
  if (json === true) console.log(JSON.stringify(value, undefined, 2))
  else for (const line of lines) console.log(line)
}

const list: CommandModule<object, FixtureFlags> = {
  command: 'list',
  describe: 'what was recorded',
  builder: (yargs) =>
    withFolder(yargs)
      .example('pipit fixtures list', 'all in ./fixtures')
      .example('pipit fixtures list --fixtures tests/fixtures', 'of another folder')
      .example('pipit fixtures list --json', 'for a program'),
  handler: (given) => {
    const { store } = open(given)
    const found = store.names().map((name) => {
      const { entries } = store.load(name)
      const services = [...new Set(entries.map(({ service }) => service))].toSorted()
      return { name, entries: entries.length, services, sizeBytes: store.sizeBytes(name) }
    })
    const width = Math.max(0, ...found.map(({ name }) => name.length))
    const lines = found.map(
      ({ name, entries, services }) =>
        `${name.padEnd(width)}  ${String(entries).padStart(5)} entries  ${services.join(', ')}`,
    )
    print(given, { fixtures: found }, lines.length > 0 ? lines : [`no fixtures in ${store.folder}`])
  },
}

const show: CommandModule<object, FixtureFlags & { name: string }> = {
  command: 'show <name>',
  describe: 'the entries of a fixture, one to a line',
  builder: (yargs) =>
    withFolder(yargs)
      .positional('name', nameOption)
      .example('pipit fixtures show orders/checkout', 'what was recorded')
      .example('pipit fixtures show orders/checkout | grep Delete', 'some of it')
      .example('pipit fixtures show orders/checkout --json', 'for a program'),
  handler: (given) => {
    const { entries } = open(given).store.load(given.name)
    print(
      given,
      { entries: entries.map(showEntry) },
      entryLines(entries.map((entry, index) => [`${index + 1}`, entry])),
    )
  },
}

const lint: CommandModule<object, FixtureFlags & { names: string[] | undefined; fix: boolean | undefined }> = {
  command: 'lint [names..]',
  describe: 'is there a secret in a fixture, or anything that no pipit has written?',
  builder: (yargs) =>
    withFolder(yargs)
      .positional('names', { type: 'string', array: true, describe: 'without names, all of them' })
      .option('fix', { type: 'boolean', describe: 'write those again that are not written as pipit writes them' })
      .example('pipit fixtures lint', 'before a commit, and in CI')
      .example('pipit fixtures lint orders/checkout', 'one of them')
      .example('pipit fixtures lint --fix', 'after one was edited by hand'),
  handler: (given) => {
    const { store } = open(given)
    const named = given.names ?? []
    const names = named.length > 0 ? named : store.names()
    if (given.fix === true) for (const name of names) store.save(name, store.load(name))
    const findings = names.flatMap((name) => lintFixture(store, name))
    print(given, { findings }, findings.length > 0 ? findings : [asTheyShouldBe(names.length)])
    if (findings.length > 0)
      throw new PipitError('unmet', `${findings.length} ${findings.length === 1 ? 'finding' : 'findings'}`)
  },
}

function asTheyShouldBe(count: number): string {
  return count === 1 ? 'it is as it should be' : `${count} fixtures are as they should be`
}

const SIGNS = { same: ' ', left: '-', right: '+' } as const

const diff: CommandModule<object, FixtureFlags & { name: string; other: string }> = {
  command: 'diff <name> <other>',
  describe: 'what two recordings do not have in common',
  builder: (yargs) =>
    withFolder(yargs)
      .positional('name', nameOption)
      .positional('other', nameOption)
      .example('pipit fixtures diff orders/checkout orders/checkout-2', 'entries of one only')
      .example('pipit fixtures diff orders/mock orders/aws', 'what AWS does otherwise')
      .example('pipit fixtures diff orders/mock orders/aws --json', 'for a program'),
  handler: (given) => {
    const { store } = open(given)
    const all = compareFixtures(store.load(given.name).entries, store.load(given.other).entries)
    const found = all.filter(({ side }) => side !== 'same')
    const shown = found.map(({ side, entry }) => ({ side, ...showEntry(entry) }))
    const lines = entryLines(found.map(({ side, entry }): [string, Entry] => [SIGNS[side], entry]))
    print(given, { differences: shown }, found.length > 0 ? lines : ['they say the same'])
    if (found.length > 0)
      throw new PipitError('unmet', found.length === 1 ? 'one entry differs' : `${found.length} entries differ`)
  },
}

const learnCommand: CommandModule<object, FixtureFlags & { name: string; second: string }> = {
  command: 'learn <name> <second>',
  describe: 'what to declare so that two recordings of one suite are the same',
  builder: (yargs) =>
    withFolder(yargs)
      .positional('name', nameOption)
      .positional('second', { ...nameOption, describe: 'another recording of the same suite' })
      .example('pipit fixtures learn orders/checkout orders/checkout-2', 'lines for pipit.yaml')
      .example('pipit fixtures learn orders/checkout orders/checkout-2 >> pipit.yaml', 'to go on from')
      .example('pipit fixtures learn orders/checkout orders/checkout-2 --json', 'for a program'),
  handler: (given) => {
    const { store } = open(given)
    const { entries } = store.load(given.name)
    const learnt = learn(entries, store.load(given.second).entries)
    const isAny = learnt.volatile.length > 0 || Object.keys(learnt.tokens).length > 0
    print(given, learnt, isAny ? [learntYaml(learnt, entries[0]?.service ?? 'sqs')] : [])
    if (given.json !== true && !isAny && learnt.unexplained === 0)
      console.error('nothing to declare: they say the same')
    if (learnt.unexplained > 0)
      console.error(`${learnt.unexplained} entries are in one of them only: see pipit fixtures diff`)
  },
}

const recoverCommand: CommandModule<object, FixtureFlags> = {
  command: 'recover',
  describe: 'fixtures of recordings that came to no end',
  builder: (yargs) =>
    withFolder(yargs)
      .example('pipit fixtures recover', 'after a crash or a full disk')
      .example('pipit fixtures recover --fixtures tests/fixtures', 'of another folder')
      .example('pipit fixtures recover --json', 'for a program'),
  handler: (given) => {
    const { store, services } = open(given)
    const recovered = store.unfinishedLogs().map((path) => ({ path, ...recover(store, path, services) }))
    const lines = recovered.flatMap(({ path, name, calls, losses }) => [
      `${store.path(name)}: ${calls} exchanges`,
      ...losses.map((loss) => `  ${path}: ${loss}`),
    ])
    print(given, { recovered }, lines.length > 0 ? lines : ['every recording came to its end'])
  },
}

const exportCommand: CommandModule<
  object,
  FixtureFlags & { name: string; har: boolean | undefined; out: string | undefined }
> = {
  command: 'export <name>',
  describe: 'a fixture in a form that other tools read',
  builder: (yargs) =>
    withFolder(yargs)
      .positional('name', nameOption)
      .option('har', { type: 'boolean', describe: 'an HTTP Archive' })
      .option('out', { type: 'string', requiresArg: true, describe: 'the file; without it, it is printed' })
      .example('pipit fixtures export orders/checkout --har', 'to look at')
      .example('pipit fixtures export orders/mock --har --out m.har', 'into a file')
      .example('pipit fixtures export orders/mock --har | head -20', 'to pick from'),
  handler: (given: Given<{ name: string; har: boolean | undefined; out: string | undefined }>) => {
    if (given.har !== true) throw new PipitError('usage', 'say which form: --har')
    const { entries } = open(given).store.load(given.name)
    const text = `${JSON.stringify(harOf(given.name, entries, version()), undefined, 2)}\n`
    if (given.out === undefined) process.stdout.write(text)
    else writeFileSync(given.out, text)
  },
}

const command: CommandModule = {
  command: 'fixtures',
  describe: 'look at what was recorded',
  builder: (yargs) =>
    yargs
      .command([list, show, lint, diff, learnCommand, recoverCommand, exportCommand] as CommandModule[])
      .demandCommand(1, 1, 'fixtures needs one of list, show, lint, diff, learn, recover, export')
      .example('pipit fixtures list', 'what was recorded')
      .example('pipit fixtures show orders/checkout', 'one of them')
      .example('pipit fixtures recover', 'after a crash'),
  // One of them always takes over: yargs demands it.
  handler: () => {},
}

export default command
