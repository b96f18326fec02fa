import { type AdminRoute, adminRoute, json } from '../core/admin-route.ts'
import type { Readiness } from './health.ts'

/** LocalStack's stages, in their order. */
export const INIT_STAGES = ['boot', 'start', 'ready', 'shutdown'] as const
export type InitStage = (typeof INIT_STAGES)[number]

/** One of LocalStack's init scripts, and how it went so far. */
export interface InitScript {
  readonly stage: InitStage
  readonly name: string
  state: 'UNKNOWN' | 'RUNNING' | 'SUCCESSFUL' | 'ERROR'
}

/** `/_localstack/init` and `/_localstack/init/ready`, in LocalStack's form: suites wait for `"completed": true`. */
export function localstackInitRoutes(readiness: Readiness, scripts: readonly InitScript[]): readonly AdminRoute[] {
  const isCompleted = (stage: InitStage): boolean => readiness.isReady && stage !== 'shutdown'
  const shown = ({ stage, name, state }: InitScript): object => ({ stage: stage.toUpperCase(), name, state })
  const path = '/_localstack/init'
  const summary = "How LocalStack's init scripts went"
  const answers = { 200: 'what is completed, and the scripts' }
  return [
    adminRoute({
      method: 'GET',
      path,
      summary,
      answers,
      isOpen: true,
      answer: () => {
        const completed = INIT_STAGES.map((stage) => [stage.toUpperCase(), isCompleted(stage)] as const)
        return json(200, { completed: Object.fromEntries(completed), scripts: scripts.map(shown) })
      },
    }),
    ...INIT_STAGES.map((stage) =>
      adminRoute({
        method: 'GET',
        path: `${path}/${stage}`,
        summary: `${summary}, at ${stage}`,
        answers,
        isOpen: true,
        answer: () => {
          const ofStage = scripts.filter((script) => script.stage === stage)
          return json(200, { completed: isCompleted(stage), scripts: ofStage.map(shown) })
        },
      }),
    ),
  ]
}
