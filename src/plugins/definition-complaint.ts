import * as v from 'valibot'

/** What is wrong with a definition, by the path of its member; nothing where it is right. */
export function definitionComplaint(schema: v.GenericSchema, definition: unknown): string | undefined {
  const { issues = [] } = v.safeParse(schema, definition)
  // A key that is misspelt is more to the point than the one that is missing therefore.
  const issue = issues.find(({ expected }) => expected === 'never') ?? issues[0]
  return issue && [v.getDotPath(issue), issue.message].filter(Boolean).join(': ')
}
