import { CreatePage, EditPage, type KnownResource } from '@commonhall/ui'
import { useParams } from '@tanstack/react-router'
import { Terms } from './Terms.tsx'

/** A new assignment says while it is filled in what an hour would be subsidized; an existing one is edited as any. */
export default function AssignmentFormPage({ resource }: { resource: KnownResource }) {
  const { id } = useParams({ strict: false })
  return id ? <EditPage resource={resource} /> : <CreatePage resource={resource} Beside={Terms} />
}
