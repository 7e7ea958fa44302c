/** The common emoji by Slack's names. */

const NAMED = `
+1 👍 thumbsup 👍 -1 👎 thumbsdown 👎 wave 👋 clap 👏 pray 🙏 raised_hands 🙌 muscle 💪 handshake 🤝 ok_hand 👌
point_right 👉 point_left 👈 point_up ☝️ point_down 👇 writing_hand ✍️ raised_hand ✋ eyes 👀 speech_balloon 💬
smile 😄 smiley 😃 grinning 😀 slightly_smiling_face 🙂 blush 😊 wink 😉 joy 😂 thinking_face 🤔 neutral_face 😐
cry 😢 sob 😭 worried 😟 tada 🎉 sparkles ✨ star ⭐ star2 🌟 fire 🔥 rocket 🚀 heart ❤️ green_heart 💚 blue_heart 💙
white_check_mark ✅ heavy_check_mark ✔️ ballot_box_with_check ☑️ x ❌ no_entry ⛔ no_entry_sign 🚫 leftwards_arrow_with_hook ↩️ warning ⚠️
exclamation ❗ question ❓ grey_question ❔ information_source ℹ️ bulb 💡 bell 🔔 no_bell 🔕 mega 📣 loudspeaker 📢
memo 📝 pencil 📝 pencil2 ✏️ lower_left_fountain_pen 🖋️ lower_left_ballpoint_pen 🖊️ page_facing_up 📄
page_with_curl 📃 scroll 📜 newspaper 📰 books 📚 book 📖 bookmark 🔖 envelope ✉️ email ✉️ incoming_envelope 📨
inbox_tray 📥 outbox_tray 📤 postbox 📮 clipboard 📋 pushpin 📌 round_pushpin 📍 paperclip 📎 link 🔗 lock 🔒
unlock 🔓 key 🔑 mag 🔍 gear ⚙️ wrench 🔧 hammer_and_wrench 🛠️ package 📦 label 🏷️ ticket 🎫 trophy 🏆
calendar 📆 date 📅 spiral_calendar_pad 🗓️ clock9 🕘 alarm_clock ⏰ stopwatch ⏱️ hourglass ⌛
hourglass_flowing_sand ⏳ zzz 💤 bar_chart 📊 chart_with_upwards_trend 📈 chart_with_downwards_trend 📉
large_green_circle 🟢 large_yellow_circle 🟡 red_circle 🔴 large_blue_circle 🔵 white_circle ⚪ black_circle ⚫
large_green_square 🟩 large_blue_square 🟦 white_large_square ⬜ black_large_square ⬛ small_blue_diamond 🔹
arrow_right ➡️ arrow_left ⬅️ arrow_up ⬆️ arrow_down ⬇️ repeat 🔁 arrows_counterclockwise 🔄 heavy_plus_sign ➕
bust_in_silhouette 👤 busts_in_silhouette 👥 office 🏢 classical_building 🏛️ house 🏠 globe_with_meridians 🌐
earth_africa 🌍 earth_americas 🌎 earth_asia 🌏 seedling 🌱 deciduous_tree 🌳 dove_of_peace 🕊️ scales ⚖️
wastebasket 🗑️ door 🚪 crown 👑 gift 🎁 balloon 🎈 coffee ☕ sunny ☀️ robot_face 🤖 ghost 👻 100 💯
`;
const words = NAMED.trim().split(/\s+/);
const characters = new Map();
for (let index = 0; index < words.length; index += 2) characters.set(words[index], words[index + 1]);

/** The characters of an emoji, or undefined. */
export function emoji(name) {
  return characters.get(name);
}

/** Text with `:tada:` as 🎉; unknown names stay as typed. */
export function withEmoji(text) {
  return text.replace(/:([a-z0-9_+-]+):/g, (whole, name) => emoji(name) ?? whole);
}
