/** Gathers what is due for each person into one mail. */
export const gatherJob = 'notifications.due-mail-gathered'

/** Sends one such mail. */
export const mailJob = 'notifications.mail-sent'
