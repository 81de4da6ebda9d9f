import { Button, Textarea } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { toast, toastFailure } from '../parts/toast.tsx'
import { t } from '../say.ts'
import { useOrg } from '../wire/catalog.ts'
import { client } from '../wire/client.ts'
import { call } from '../wire/http.ts'
import classes from './audit.module.css'

interface Emails {
  readonly emails: readonly string[]
}

/** The people outside who are sent each published head, for administrators to name. */
export function Witnesses() {
  const org = useOrg()
  const path = `/orgs/${org}/audit/witnesses`
  const queryKey = ['org', org, 'audit-witnesses']
  const { data } = useQuery({ queryKey, queryFn: ({ signal }) => call<Emails>('GET', path, { signal }) })
  const [typed, setTyped] = useState<string>()
  const save = useMutation({
    mutationFn: (emails: readonly string[]) => call<Emails>('POST', path, { body: { emails } }),
    onError: toastFailure,
    onSuccess(answer) {
      client.setQueryData(queryKey, answer)
      setTyped(undefined)
      toast(t('audit.witnessesSaved'))
    },
  })
  if (!data) return null
  const shown = typed ?? data.emails.join('\n')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate(shown.split(/[\s,;]+/).filter(Boolean))
  }
  return (
    <form className={classes['witnesses']} onSubmit={submit}>
      <Textarea
        label={t('audit.witnesses')}
        description={t('audit.witnessesText')}
        autosize
        minRows={2}
        value={shown}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" loading={save.isPending} disabled={typed === undefined}>
        {t('audit.witnessesSave')}
      </Button>
    </form>
  )
}
