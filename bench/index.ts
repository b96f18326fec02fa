import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { type Figure, goals } from './goals.ts'

const HELP = `npm run bench [-- OPTIONS]     how fast pipit is, as ratios to what was measured beside it

  --only NAMES     some of: ${goals.map(({ name }) => name).join(', ')}
  --rounds N       how often each pair is measured, 5 unless said
  --seconds N      how long each time, 3 unless said
  --out FILE       write the figures as JSON, too
  --smoke          does everything run? A moment of each, no figures worth a look

Every figure is the median over the rounds. On a machine that does other work, believe CPU before throughput.
`

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '3' },
    out: { type: 'string' },
    smoke: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

/** The exit code: 2 for what cannot be measured. A goal that is missed is a figure, no failure. */
async function main(): Promise<number> {
  if (values.help) return say(HELP, 0)
  const isSmoke = values.smoke
  const rounds = isSmoke ? 1 : Number(values.rounds)
  const seconds = isSmoke ? 0.2 : Number(values.seconds)
  const names = values.only?.split(',') ?? goals.map(({ name }) => name)
  const unknown = names.find((name) => !goals.some((goal) => goal.name === name))
  if (unknown !== undefined) return say(`there is no goal '${unknown}'\n\n${HELP}`, 2)
  if (!(rounds >= 1 && seconds > 0)) return say(`--rounds and --seconds are numbers above 0\n\n${HELP}`, 2)
  say(
    `Node ${process.version}, ${cpus().length} cores, ${cpus()[0]?.model ?? 'unknown'}, ${rounds} rounds of ${seconds} s\n\n`,
  )
  const figures: Figure[] = []
  for (const goal of goals.filter(({ name }) => names.includes(name)))
    for (const figure of await goal.measure({ rounds, seconds, isSmoke })) {
      figures.push(figure)
      say(`${line(figure)}\n`)
    }
  const missed = figures.filter((figure) => !isReached(figure)).length
  say(isSmoke ? '\neverything runs\n' : `\n${figures.length - missed} of ${figures.length} goals reached\n`)
  if (values.out !== undefined)
    writeFileSync(values.out, `${JSON.stringify({ node: process.version, rounds, seconds, figures }, undefined, 2)}\n`)
  return 0
}

function line(figure: Figure): string {
  const { what, value, unit = '', atLeast, atMost, detail } = figure
  const goal = atLeast !== undefined ? `>= ${atLeast}${unit}` : `<= ${atMost ?? '?'}${unit}`
  const shown = `${value.toFixed(value >= 100 ? 0 : 2)}${unit}`
  return [what.padEnd(66), shown.padStart(8), goal.padStart(10), isReached(figure) ? 'ok  ' : 'MISS', detail ?? '']
    .join('  ')
    .trimEnd()
}

function isReached({ value, atLeast = -Infinity, atMost = Infinity }: Figure): boolean {
  return value >= atLeast && value <= atMost
}

function say(text: string, code = 0): number {
  process.stdout.write(text)
  return code
}

process.exitCode = await main()
