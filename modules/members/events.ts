import { defineEvent, field } from '@commonhall/kernel'

/** A member's standing is another from today. */
export const standingChanged = defineEvent('members.standing-changed', {
  member: field.ref('members.member', { required: true }),
  state: field.text({ required: true }),
  reason: field.longText(),
})
