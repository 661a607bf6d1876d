"""The pages on which a person plays the guest or the approver: redemption, My Access, My Apps, and signing in to the bot."""

from aiohttp import web

from sandbox.pages import myaccess, myapps, redeem, session, sign_in


def attach(app: web.Application) -> None:
    """Adds the pages; ``/myaccess/@<domain>`` and ``/myaccess/`` are the same site."""
    add = app.router
    add.add_post("/myaccess/signin", session.post_sign_in)
    add.add_post("/myaccess/signout", session.post_sign_out)
    add.add_post("/myaccess/accept", redeem.post_accept)
    add.add_get("/myaccess/redeem", redeem.show)
    add.add_post("/myaccess/redeem", redeem.post_redeem)
    for root in ("/myaccess", r"/myaccess/{tenant:@[\w.-]+}"):
        add.add_get(root, myaccess.show)
        add.add_get(root + "/", myaccess.show)
        add.add_get(root + "/{form:requests|cancel|extend|remove|decide|review}", myaccess.go_home)
        add.add_post(root + "/requests", myaccess.ask)
        add.add_post(root + "/cancel", myaccess.cancel)
        add.add_post(root + "/extend", myaccess.extend)
        add.add_post(root + "/remove", myaccess.give_back)
        add.add_post(root + "/decide", myaccess.decide)
        add.add_post(root + "/review", myaccess.review)
    add.add_get("/myapps", myapps.show)
    add.add_get("/myapps/", myapps.show)
    sign_in.attach(app)
