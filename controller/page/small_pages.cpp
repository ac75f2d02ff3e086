#include "controller/page/pages.hpp"

namespace controller::page {
namespace {

std::string narrow(const std::string& content_html) {
    return "<div class=\"narrow\">\n" + card(content_html) + "</div>\n";
}

}  // namespace

std::string pause_page(const std::string& scope, const std::string& subject, const PageHead& head) {
    const auto what = scope == "all" ? std::string{"everything"} : scope + " " + subject;
    std::string html = "<h1>Pause " + html_escaped(what) + "</h1>\n" +
                       paragraph(
                           "Warden goes on watching and explaining, and does nothing there until the "
                           "pause is over. What is under way is not interrupted.");
    if (head.visitor != nullptr) {
        html +=
            form({.action = "/pause",
                  .button = "Pause " + what,
                  .css_class = "primary",
                  .fields_html = hidden("scope", scope) + hidden("subject", scope == "all" ? "" : subject) +
                                 text_input("reason", "Why? The journal keeps it.") +
                                 choice("for", "For how long",
                                        {{"30m", "30 minutes"},
                                         {"2h", "2 hours"},
                                         {"8h", "8 hours"},
                                         {"1d", "1 day"},
                                         {"7d", "7 days"}})},
                 *head.visitor);
    }
    return whole_page(head, narrow(html));
}

std::string end_pause_page(const PauseLine& pause, const PageHead& head) {
    std::string html = "<h1>End the pause of " + html_escaped(pause.what) + "</h1>\n" +
                       paragraph("Paused by " + pause.who + " until " + inventory::to_rfc3339(pause.until) +
                                 ": " + pause.why);
    if (head.visitor != nullptr) {
        html += form({.action = "/pauses/" + std::to_string(pause.id) + "/end",
                      .button = "End this pause",
                      .css_class = "primary",
                      .fields_html = text_input("reason", "Why? The journal keeps it.")},
                     *head.visitor);
    }
    return whole_page(head, narrow(html));
}

std::string sign_in_page(const std::string& trouble) {
    return whole_page(
        {.title = "Sign in to CloudStack Warden"},
        narrow("<h1>Sign in</h1>\n" + (trouble.empty() ? "" : paragraph(trouble, "alarm")) +
               R"(<form method="post" action="/login">)" +
               "<label>Your name, for the journal<input name=\"name\" required maxlength=\"64\" "
               "autocomplete=\"username\"></label>"
               "<label>The operator's token<input name=\"token\" type=\"password\" required "
               "autocomplete=\"current-password\"></label>"
               "<button class=\"primary\">Sign in</button></form>\n" +
               paragraph("The token is in the file that controller.operator.token_file of the configuration "
                         "names. Users with passwords: see docs/web.md.",
                         "quiet")));
}

std::string notice_page(const std::string& title, const std::string& sentence, const PageHead& head) {
    return whole_page(
        head, narrow("<h1>" + html_escaped(title) + "</h1>\n" + paragraph(sentence) + "<p class=\"deeds\">" +
                     link("/", "To the status page", "button") + "</p>"));
}

}  // namespace controller::page
