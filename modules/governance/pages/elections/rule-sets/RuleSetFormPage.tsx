import { CreatePage, EditPage, type KnownResource } from '@commonhall/ui'
import { useParams } from '@tanstack/react-router'
import { InWords } from './InWords.tsx'

/** Rules say while they are filled in what they mean, and what a vote would come to by them. */
export default function RuleSetFormPage({ resource }: { resource: KnownResource }) {
  const { id } = useParams({ strict: false })
  const Form = id ? EditPage : CreatePage
  return <Form resource={resource} Beside={InWords} />
}
