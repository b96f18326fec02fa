import { sqsError } from './errors.ts'
import { parseJsonObject } from './json-text.ts'
import { invalidParameter } from './validation.ts'

interface Statement {
  readonly Sid?: string
  readonly [key: string]: unknown
}

export interface Permission {
  readonly label: string
  readonly accounts: readonly string[]
  /** Without the `SQS:`. */
  readonly actions: readonly string[]
}

/** Checks a Policy attribute and answers it as it came. AWS parses far more of it than a mock that enforces none. */
export function checkPolicy(text: string): string {
  if (parseJsonObject(text) === undefined) {
    throw sqsError('InvalidAttributeValue', 'Invalid value for the parameter Policy.')
  }
  return text
}

/** The policy with one more statement, in the form that AWS writes: one value is a scalar, several are a list. */
export function withPermission(text: string | undefined, queueArn: string, permission: Permission): string {
  const policy = (text === undefined ? undefined : parseJsonObject(text)) ?? {}
  const statements = statementsOf(policy)
  if (statements.some((statement) => statement.Sid === permission.label)) {
    throw invalidParameter('Label', permission.label, 'Already exists.')
  }
  const partition = queueArn.split(':')[1]
  const statement: Statement = {
    Sid: permission.label,
    Effect: 'Allow',
    Principal: { AWS: scalarOrList(permission.accounts.map((account) => `arn:${partition}:iam::${account}:root`)) },
    Action: scalarOrList(permission.actions.map((action) => `SQS:${action}`)),
    Resource: queueArn,
  }
  return JSON.stringify({
    Version: '2008-10-17',
    Id: `${queueArn}/SQSDefaultPolicy`,
    ...policy,
    Statement: [...statements, statement],
  })
}

/** The policy without a statement; `undefined` when it was the last one: AWS then has no policy at all. */
export function withoutPermission(text: string | undefined, label: string): string | undefined {
  const policy = (text === undefined ? undefined : parseJsonObject(text)) ?? {}
  const statements = statementsOf(policy)
  const rest = statements.filter((statement) => statement.Sid !== label)
  if (rest.length === statements.length) throw invalidParameter('Label', label, "can't find label.")
  return rest.length === 0 ? undefined : JSON.stringify({ ...policy, Statement: rest })
}

function statementsOf(policy: Readonly<Record<string, unknown>>): readonly Statement[] {
  const statement = policy.Statement
  if (statement === undefined) return []
  return (Array.isArray(statement) ? statement : [statement]).filter(
    (each) => typeof each === 'object' && each !== null,
  ) as readonly Statement[]
}

function scalarOrList(values: readonly string[]): string | readonly string[] {
  return values.length === 1 ? (values[0] as string) : values
}
