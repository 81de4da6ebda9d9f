import { Alert, Button, Group, Modal, Textarea } from '@mantine/core'
import { call, Problem, refresh, type Row, toast, useOrg } from '@commonhall/ui'
import { type FormEvent, useState } from 'react'
import { t } from '../t.ts'

/** What a candidate wants voters to know. */
export function StatementDialog({ candidate, onClose }: { candidate: Row; onClose: () => void }) {
  const org = useOrg()
  const [text, setText] = useState(String(candidate['statement'] ?? ''))
  const [refused, setRefused] = useState('')
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    try {
      const body = { statement: text.trim() || null }
      await call('PATCH', `/orgs/${org}/candidates/${candidate.id}`, { body, version: candidate.version })
      toast(t('elections.statementSaved'))
      void refresh(org)
      onClose()
    } catch (failure) {
      if (!(failure instanceof Problem)) throw failure
      setRefused(failure.message)
    }
  }
  return (
    <Modal opened onClose={onClose} title={t('elections.statementOf', { name: candidate['name'] })}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        {refused ? (
          <Alert color="red" role="alert" mb="md">
            {refused}
          </Alert>
        ) : null}
        <Textarea
          id="statement"
          label={t('elections.statement')}
          description={t('elections.statementHelp')}
          autosize
          minRows={6}
          maxRows={16}
          maxLength={5000}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          data-autofocus
        />
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={onClose}>
            {t('elections.cancel')}
          </Button>
          <Button type="submit">{t('elections.saveStatement')}</Button>
        </Group>
      </form>
    </Modal>
  )
}
