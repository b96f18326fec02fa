import test from 'ava'
import { folder } from '../config/sources.ts'
import { pluginFolder, write } from '../plugins/plugin-folder.ts'
import { runPipit } from '../run-pipit.ts'

test('config check is content with what is right, and notes what it does not know', async (t) => {
  const ended = await runPipit(['config', 'check'], { cwd: folder('region: x'), env: { PIPIT_QUEUS: 'a' } })
  t.deepEqual(ended, {
    code: 0,
    stdout: 'the config is right\n',
    stderr: 'note: PIPIT_QUEUS is not a variable that pipit knows: did you mean PIPIT_QUEUES?\n',
  })
})

test('config check says what is wrong, one line each, and exits 2', async (t) => {
  const ended = await runPipit(['config', 'check', '--port', 'x'], { cwd: folder('log:\n  levle: info\n') })
  t.deepEqual(ended, {
    code: 2,
    stdout: '',
    stderr:
      'pipit: --port: expected a port from 0 to 65535, got "x"\n' +
      'pipit: pipit.yaml:2:3 log.levle: unknown key (did you mean "level"?)\n',
  })
})

test('config check knows what a queue may be, and where it is declared', async (t) => {
  const cwd = folder('services:\n  sqs:\n    queues:\n      orders: { VisibilityTimout: 30 }\n')
  t.deepEqual(await runPipit(['config', 'check'], { cwd }), {
    code: 2,
    stdout: '',
    stderr: "pipit: pipit.yaml:4:7: queue 'orders': Unknown Attribute VisibilityTimout.\n",
  })
})

test('config print prints what applies, from everywhere', async (t) => {
  const ended = await runPipit(['config', 'print', '--strict'], { cwd: folder('region: x'), env: { PORT: '8080' } })
  t.is(ended.code, 0)
  t.regex(ended.stdout, /^# PORT\nlisten:\n {2}- :8080\n/)
  t.regex(ended.stdout, /^region: x # pipit\.yaml:1:1$/m)
  t.regex(ended.stdout, /^# --strict\nstrict:\n {2}recreateDelay: true\n {2}purgeDelay: true$/m)
})

test('config schema prints the JSON Schema', async (t) => {
  const ended = await runPipit(['config', 'schema'])
  t.is(ended.code, 0)
  t.like(JSON.parse(ended.stdout), { type: 'object', additionalProperties: false })
})

test('config check looks at plugins, too, and at faults that use them', async (t) => {
  const shout = "import { defineInjector } from 'pipit'\nexport default defineInjector({ before: () => {} })\n"
  const files = { 'plugins/shout.injector.js': shout, 'plugins/a.faults.yaml': '- { id: a, do: { use: shout } }' }
  const cwd = pluginFolder(t, { ...files, 'pipit.yaml': 'faults: [{ id: b, do: { use: shout } }]' })
  t.like(await runPipit(['config', 'check'], { cwd }), { code: 0, stdout: 'the config is right\n', stderr: '' })
  write(cwd, { 'plugins/b.service.js': "import 'pipit'", 'plugins/a.faults.yaml': '- { id: a, do: { use: whisper } }' })
  const { code, stderr } = await runPipit(['config', 'check'], { cwd })
  t.is(code, 2)
  t.regex(stderr, /^pipit: plugins\/b\.service\.js is left out: it exports nothing by default/m)
  t.regex(stderr, /^pipit: plugins\/a\.faults\.yaml:1:\d+ .*unknown injector "whisper".* is left out$/m)
})
