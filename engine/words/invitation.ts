/** What people read about invitations, on the page and by mail. */
export const invitation = {
  unknown:
    'This invitation link does not work. A newer mail may have replaced it, or a part of the link is missing. ' +
    'Open the newest mail, or ask whoever invited you to send another one.',
  accepted: 'This invitation has been accepted already. Sign in with {{email}}.',
  revoked: 'This invitation to {{org}} was taken back. If you think that is a mistake, ask whoever invited you.',
  expired: 'This invitation to {{org}} has expired: it was open for 7 days. Ask {{by}} to send another one.',
  suspended: '{{org}} is closed for the time being. You can accept the invitation when it is open again.',
  sign_in_first: 'There is already a sign-in for {{email}}. Sign in with it, then open this link again.',
  choose_password: 'Choose a password for your new sign-in.',
  belongs: '{{email}} belongs to this organization already. Give this person a role under People instead.',
  invited: '{{email}} has been invited already. Send that invitation again, or take it back first.',
  too_many: 'Many invitations have gone out within an hour. Wait a while, then go on.',
  no_roles: 'Choose at least one role, and 50 at most.',
  bad_role: 'Roles are named by their ids.',
  no_role: 'One of these roles is not there any more. Load the page again and choose anew.',
  closed: 'This invitation is {{state}}, so this cannot be done any more. Invite the address anew if needed.',
  house: 'Commonhall',
  no_such_role: 'There is no role called "{{role}}" there. There are: {{known}}.',
  state: { accepted: 'accepted', revoked: 'taken back', expired: 'expired and replaced by another' },
  mail: {
    subject: 'Your invitation to {{org}}',
    intro: '{{by}} invites you to {{org}}. It keeps its records in Commonhall, where you get a sign-in of your own.',
    roles: 'Your role there',
    sign_in: 'You sign in as',
    why: 'You get this because {{by}} invited you to {{org}}.',
    act: 'Accept the invitation',
    limit: 'The link is for {{email}} alone. It works once and for 7 days.',
    ignore: 'Do you not know {{org}}? Then do nothing, and the invitation lapses.',
  },
} as const
