import { Missing } from '@commonhall/ui'

/** Stands here until its routes do. */
export default function ResultsPage() {
  return <Missing />
}
