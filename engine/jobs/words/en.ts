/** What operators read of queues whose own names are short: by queue, what is true when its work is done. */
export const words = {
  foundation: {
    'count-usage': 'Usage counted',
    'deliver-event': 'Events delivered',
    'forget-old-files': 'Old import files forgotten',
    'forget-old-keys': 'Old repeats of requests forgotten',
    'forget-old-mail': 'Old mails forgotten',
    'forget-old-messages': 'Old webhook messages forgotten',
    'old-notifications-are-forgotten': 'Old notifications forgotten',
    'reminders-are-sent': 'Reminders sent',
    'work-import': 'Imports worked off',
    'resume-imports': 'Interrupted imports resumed',
  },
  audit: {
    'seal-trails': 'Audit trails sealed',
    'publish-heads': 'Seals of audit trails published',
    'mail-head': 'Seals of audit trails mailed',
  },
  invitations: { 'link-mailed': 'Invitations mailed', 'newcomer-welcomed': 'Newcomers welcomed' },
  notifications: { 'due-mail-gathered': 'Due notifications gathered', 'mail-sent': 'Notifications mailed' },
  'sign-in': {
    'reset-link-mailed': 'Password resets mailed',
    'email-link-mailed': 'Links for new addresses mailed',
    'email-note-mailed': 'Notes of new addresses mailed',
    'factor-change-mailed': 'Notes of changed sign-ins mailed',
    'expired-tokens-forgotten': 'Expired links forgotten',
  },
  webhooks: { 'messages-delivered': 'Webhook messages delivered', 'due-messages-found': 'Due webhook messages found' },
} as const
