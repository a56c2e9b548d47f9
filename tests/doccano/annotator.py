"""What an annotator does in doccano's pages, by mouse and keyboard."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

# Where a stretch of a drawn line lies on the screen.
BOX = """
(words) => {
  for (const line of document.querySelectorAll('svg text[id]')) {
    const at = line.textContent.indexOf(words);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(line.firstChild, at);
    range.setEnd(line.firstChild, at + words.length);
    line.scrollIntoView({block: 'center'});
    const box = range.getBoundingClientRect();
    return [box.left, box.right, (box.top + box.bottom) / 2];
  }
}
"""


class Annotator:
    """A person at a browser."""

    def __init__(self, page: "Page", url: str) -> None:
        self.page = page
        page.set_default_timeout(10_000)
        self.url = url

    def log_in(self, user: str, password: str) -> None:
        self.page.goto(f"{self.url}/auth")
        for name, value in (("username", user), ("password", password)):
            self.page.locator(f'input[name="{name}"]').click()
            self.page.keyboard.type(value)
        self.page.keyboard.press("Enter")
        self.page.wait_for_url("**/projects**")

    def add_user(self, name: str, password: str) -> None:
        """Add an account on the pages of the server's administrator."""
        self.page.goto(f"{self.url}/admin/auth/user/add/")
        for field in ("password1", "password2"):
            self.page.fill(f'input[name="{field}"]', password)
        self.page.fill('input[name="username"]', name)
        self.page.click('input[name="_save"]')
        self.page.wait_for_selector(".success")

    def projects(self) -> list[str]:
        """Read the names on the list of projects."""
        with self.page.expect_response(lambda r: "/v1/projects?" in r.url):
            self.page.goto(f"{self.url}/projects")
        links = self.page.locator("tbody a")
        links.first.wait_for()
        return links.all_inner_texts()

    def beside_the_text(self) -> list[str]:
        """Read the cells of the table of metadata."""
        return self.page.locator("td").all_inner_texts()

    def open_example(self, project: int, key: str) -> None:
        """Leaf through the project to an example."""
        self.page.goto(f"{self.url}/projects/{project}/sequence-labeling?page=1")
        for number in range(2, 100):
            self.page.wait_for_selector("svg text[id]")
            if self.page.locator("td", has_text=key).count():
                self.page.wait_for_timeout(500)
                return
            with self.page.expect_response(lambda r: "/spans" in r.url):
                self.page.goto(
                    f"{self.url}/projects/{project}/sequence-labeling?page={number}"
                )
        raise AssertionError(f"no example {key}")

    def relabel(self, old: str, new: str) -> None:
        """Choose another label in the menu of the only span with a label."""
        self._open_menu(old)
        with self.page.expect_response(lambda r: r.request.method == "PATCH") as done:
            self._choose(new)
        assert done.value.status == 200
        self.page.wait_for_timeout(500)

    def delete(self, label: str) -> None:
        """Delete the only span with a label."""
        self._open_menu(label)
        with self.page.expect_response(lambda r: r.request.method == "DELETE") as done:
            self.page.locator(".menuable__content__active .v-chip__close").click()
        assert done.value.status == 204
        self.page.wait_for_timeout(500)

    def mark(self, words: str, label: str) -> None:
        """Drag the mouse over words and choose a label."""
        left, right, middle = self.page.evaluate(BOX, words)
        self.page.mouse.move(left + 1, middle)
        self.page.mouse.down()
        self.page.mouse.move(right - 1, middle, steps=8)
        self.page.mouse.up()
        with self.page.expect_response(lambda r: r.request.method == "POST") as done:
            self._choose(label)
        assert done.value.status == 201
        self.page.wait_for_timeout(500)

    def tick(self) -> None:
        """Say that the example is done."""
        with self.page.expect_response(lambda r: "/states" in r.url) as done:
            self.page.locator(".v-main button").first.click()
        assert done.value.status == 201

    def _open_menu(self, label: str) -> None:
        # Narrow spans have their label cut short: "LAB_THRESHOL...".
        self.page.locator("svg g g text", has_text=label[:10]).last.click()
        self.page.wait_for_selector(".menuable__content__active")
        self.page.wait_for_timeout(300)

    def _choose(self, label: str) -> None:
        items = self.page.locator(".menuable__content__active .v-list-item__title")
        items.get_by_text(label, exact=True).click()
