/** The AWS CLI's spelling of a name of the API: `CreateQueue` is `create-queue`, `AWSAccountIds` is `aws-account-ids`. */
export function optionName(apiName: string): string {
  return apiName
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1-$2')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
}
