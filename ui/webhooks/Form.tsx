import { Alert, Button, Radio, Stack, TextInput } from '@mantine/core'
import { Link, type LinkProps } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Section } from '../account/Section.tsx'
import { ErrorSummary } from '../form/ErrorSummary.tsx'
import { UnsavedGuard } from '../form/UnsavedGuard.tsx'
import { t } from '../say.ts'
import type { EventType, Format } from '../wire/webhooks.ts'
import { EventPicker } from './EventPicker.tsx'
import type { WebhookForm } from './use-webhook-form.ts'
import classes from './webhook-form.module.css'

const formats: readonly Format[] = ['standard', 'slack', 'mattermost']

/** The address, and what the program behind it understands. */
function Where({ form: { wanted, set, setUrl, errorOf } }: { form: WebhookForm }) {
  return (
    <Stack gap="md" w="100%">
      <TextInput
        id="webhook-url"
        label={t('newWebhook.address')}
        description={t('newWebhook.addressHelp')}
        type="url"
        inputMode="url"
        value={wanted.url}
        maxLength={2000}
        required
        autoComplete="off"
        spellCheck={false}
        error={errorOf('url')}
        onChange={(event) => setUrl(event.currentTarget.value)}
      />
      {/^http:/i.test(wanted.url.trim()) ? (
        <Alert color="yellow" role="status">
          {t('newWebhook.open')}
        </Alert>
      ) : null}
      <Radio.Group
        label={t('newWebhook.format')}
        value={wanted.format}
        error={errorOf('format')}
        onChange={(format) => set({ format })}
      >
        <Stack gap="sm" mt="xs">
          {formats.map((format) => (
            <Radio
              key={format}
              value={format}
              label={t(`newWebhook.${format}`)}
              description={t(`newWebhook.${format}Help`)}
            />
          ))}
        </Stack>
      </Radio.Group>
    </Stack>
  )
}

interface FormProps {
  form: WebhookForm
  events: readonly EventType[]
  act: string
  back: LinkProps
  onDone: () => Promise<void> | void
  /** What one should know before saving. */
  note?: string
  /** The head of the page. */
  children: ReactNode
}

/** What makes a webhook: its name, where it goes, and what it tells. */
export function Form({ form, events, act, back, onDone, note, children }: FormProps) {
  const { wanted, set, errors, errorOf, failures, isBusy, isDirty, submit } = form
  return (
    <form className={classes['form']} onSubmit={(event) => void submit(event, onDone)} noValidate>
      {children}
      <ErrorSummary errors={errors} prefix="webhook-" failures={failures} />
      <Section title={t('newWebhook.purpose')} text={t('newWebhook.purposeText')}>
        <TextInput
          id="webhook-name"
          label={t('newWebhook.name')}
          description={t('newWebhook.nameHelp')}
          w="100%"
          maw="28rem"
          value={wanted.name}
          maxLength={100}
          required
          autoComplete="off"
          error={errorOf('name')}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
      </Section>
      <Section title={t('newWebhook.where')} text={t('newWebhook.whereText')}>
        <Where form={form} />
      </Section>
      <Section title={t('newWebhook.events')} text={t('newWebhook.eventsText')}>
        <EventPicker form={form} events={events} />
      </Section>
      <div className={classes['foot']}>
        {note ? <p data-quiet>{note}</p> : null}
        <Button variant="default" renderRoot={(props) => <Link {...back} {...props} />}>
          {t('form.cancel')}
        </Button>
        <Button type="submit" loading={isBusy}>
          {act}
        </Button>
      </div>
      <UnsavedGuard isDirty={isDirty} />
    </form>
  )
}
