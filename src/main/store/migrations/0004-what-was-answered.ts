import type { Migration } from './migration.ts'

/**
 * The id under which the server's logs know the question (`…_request_id`), and what a SOAP answer without a picture said: its
 * HTTP status says nothing about the photo.
 */
export const whatWasAnswered: Migration = {
  version: 4,
  name: 'what-was-answered',
  sql: `
    ALTER TABLE photo ADD COLUMN verdict_request_id TEXT;
    ALTER TABLE photo ADD COLUMN failure_request_id TEXT;
    ALTER TABLE photo ADD COLUMN soap_answer TEXT CHECK (soap_answer IN ('unchanged', 'no-picture-data', 'item-not-found'));`,
}
